package pgquery;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Emscripten gives imports and exports one-letter names, and says which letter is which C function only in the JavaScript
 * that it generates beside the wasm. This reads them from there, as {@code import.LETTER=C name} and
 * {@code export.C name=LETTER}.
 */
final class GlueNames {
  private static final Pattern IMPORTS = Pattern.compile("var wasmImports=\\{([^}]*)\\}");
  private static final Pattern EXPORTS =
      Pattern.compile("function assignWasmExports\\(wasmExports\\)\\{([^}]*)\\}");
  private static final Pattern EXPORT =
      Pattern.compile("(\\w+)=(?:Module\\[\"\\w+\"\\]=)?(?:\\w+=)?wasmExports\\[\"(\\w+)\"\\]");
  private static final Pattern CONSTRUCTORS = Pattern.compile("wasmExports\\[\"(\\w+)\"\\]\\(\\)");

  private GlueNames() {}

  static Map<String, String> of(String javaScript) {
    Map<String, String> names = new TreeMap<>();
    for (String pair : one(IMPORTS, javaScript).split(",")) {
      String[] letterAndName = pair.split(":");
      names.put("import." + letterAndName[0].strip(), letterAndName[1].strip());
    }
    Matcher export = EXPORT.matcher(one(EXPORTS, javaScript));
    while (export.find()) {
      names.put("export." + export.group(1), export.group(2));
    }
    names.put("export.__wasm_call_ctors", one(CONSTRUCTORS, javaScript));
    return names;
  }

  private static String one(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new BuildStopped("the package's JavaScript does not look as expected: no " + pattern);
    }
    return matcher.group(1);
  }
}
