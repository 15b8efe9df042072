# Build: JDK 25, Maven and npm; the parser comes from npm, everything else from Maven.
FROM maven:3-eclipse-temurin-25 AS build
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY pom.xml NOTICE LICENSE app-manifest.yml ./
COPY src src
COPY docs docs
RUN mvn -B -q -DskipTests package

# Run: a JRE, the jar and its libraries, a user without rights.
FROM eclipse-temurin:25-jre-alpine
RUN addgroup -S plimsoll && adduser -S -G plimsoll plimsoll && mkdir /data && chown plimsoll:plimsoll /data
COPY --from=build /src/target/plimsoll.jar /opt/plimsoll/plimsoll.jar
COPY --from=build /src/target/lib /opt/plimsoll/lib
COPY LICENSE NOTICE /opt/plimsoll/
USER plimsoll
ENV PLIMSOLL_DATA_DIR=/data PLIMSOLL_PORT=8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s CMD wget -q -O /dev/null http://127.0.0.1:8080/healthz || exit 1
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xms32m", "-XX:MinHeapFreeRatio=15", "-XX:MaxHeapFreeRatio=30", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "/opt/plimsoll/plimsoll.jar"]
CMD ["serve"]
