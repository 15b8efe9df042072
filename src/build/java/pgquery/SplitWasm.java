package pgquery;

import java.io.ByteArrayOutputStream;
import java.nio.file.*;
import java.util.*;

/**
 * Splits over-long wasm functions so that each compiles to an ordinary JVM method (64 KB limit; 8000 bytes for the JIT).
 * 1. A run of sibling instructions that begins and ends with an empty operand stack becomes a function of its own: the locals
 *    live into it are parameters, the locals live out of it travel back in new mutable globals, and its result says which outer
 *    label (if any) to branch to.
 * 2. A "switch" (a long chain of nested blocks around a br_table) is first regrouped into groups of 64 cases behind a
 *    dispatch loop, so that the groups can be taken out by (1).
 * Function indices of the original stay as they are; new functions, types and globals are appended.
 */
final class SplitWasm {
  static final class In {
    final byte[] b;
    int p;

    In(byte[] b, int p) {
      this.b = b;
      this.p = p;
    }

    int u() {
      long r = 0;
      int s = 0;
      for (; ; ) {
        int x = b[p++] & 255;
        r |= (long) (x & 127) << s;
        s += 7;
        if (x < 128) return (int) r;
      }
    }

    void skipLeb() {
      while ((b[p++] & 128) != 0) {}
    }
  }

  static final class Out extends ByteArrayOutputStream {
    Out u(long v) {
      v &= 0xffffffffL;
      do {
        int x = (int) (v & 127);
        v >>>= 7;
        write(v != 0 ? x | 128 : x);
      } while (v != 0);
      return this;
    }

    Out s(int v) {
      for (; ; ) {
        int x = v & 127;
        v >>= 7;
        if ((v == 0 && (x & 64) == 0) || (v == -1 && (x & 64) != 0)) {
          write(x);
          return this;
        }
        write(x | 128);
      }
    }

    Out bytes(byte[] x) {
      write(x, 0, x.length);
      return this;
    }
  }
  /** An instruction; blocks have bodies; branches name the block itself. */
  static final class N {
    int op, a = -1, eff;
    byte[] raw;
    boolean stop;
    List<N> body, other;
    N to;
    N[] table;
    BitSet head;

    N(int op) {
      this.op = op;
    }

    int arity() {
      return op == 3 || (raw.length == 1 && raw[0] == 0x40) ? 0 : 1;
    }

    int size() {
      if (body != null) {
        int n = 3;
        for (N x : body) n += x.size();
        if (other != null) {
          n++;
          for (N x : other) n += x.size();
        }
        return n;
      }
      return table != null ? 2 + 2 * table.length : to != null ? 3 : raw.length;
    }
  }

  static final N RETURN = new N(-1);

  record Type(int[] in, int[] out) {}

  static final class F {
    Type type;
    int typeIdx, nParams;
    final List<Integer> locals = new ArrayList<>();
    List<N> body;
    N label = new N(-2);

    int local(int t) {
      locals.add(t);
      return nParams + locals.size() - 1;
    }

    int typeOf(int i) {
      return i < nParams ? type.in[i] : locals.get(i - nParams);
    }
  }

  final List<Type> types = new ArrayList<>();
  final List<byte[]> typeRaw = new ArrayList<>();
  final List<Integer> funcType = new ArrayList<>();
  int imports, globalCount;
  final List<byte[]> newGlobals = new ArrayList<>();
  final Map<String, Integer> globalFor = new HashMap<>();
  final List<F> added = new ArrayList<>();
  final int maxSize, maxExits = 32, minRun = 48;
  int outlined;

  SplitWasm(int maxSize) {
    this.maxSize = maxSize;
  }

  // ---------------------------------------------------------------- read
  int parse(In in, List<N> list, ArrayList<N> labels) {
    for (; ; ) {
      int start = in.p, op = in.b[in.p++] & 255;
      N n = new N(op);
      int top = labels.size() - 1;
      switch (op) {
        case 0x0b, 0x05 -> {
          return op;
        }
        case 0x02, 0x03, 0x04 -> {
          int b0 = in.b[in.p] & 255;
          if (!(b0 == 0x40 || (b0 >= 0x6f && b0 <= 0x7f)))
            throw new IllegalStateException("block with a type index");
          n.raw = new byte[] {in.b[in.p++]};
          n.body = new ArrayList<>();
          labels.add(n);
          if (parse(in, n.body, labels) == 5) {
            n.other = new ArrayList<>();
            parse(in, n.other, labels);
          }
          labels.removeLast();
          n.eff = (n.raw[0] == 0x40 ? 0 : 1) - (op == 4 ? 1 : 0);
          list.add(n);
          continue;
        }
        case 0x00, 0x0f -> n.stop = true;
        case 0x0c -> {
          n.to = labels.get(top - in.u());
          n.stop = true;
        }
        case 0x0d -> {
          n.to = labels.get(top - in.u());
          n.eff = -1;
        }
        case 0x0e -> {
          n.table = new N[in.u() + 1];
          for (int i = 0; i < n.table.length; i++) n.table[i] = labels.get(top - in.u());
          n.stop = true;
          n.eff = -1;
        }
        case 0x10 -> {
          Type t = types.get(funcType.get(in.u()));
          n.eff = t.out.length - t.in.length;
        }
        case 0x11 -> {
          Type t = types.get(in.u());
          in.u();
          n.eff = t.out.length - t.in.length - 1;
        }
        case 0x01 -> {}
        case 0x1a -> n.eff = -1;
        case 0x1b -> n.eff = -2;
        case 0x20 -> {
          n.a = in.u();
          n.eff = 1;
        }
        case 0x21 -> {
          n.a = in.u();
          n.eff = -1;
        }
        case 0x22 -> n.a = in.u();
        case 0x23 -> {
          in.u();
          n.eff = 1;
        }
        case 0x24 -> {
          in.u();
          n.eff = -1;
        }
        case 0x3f -> {
          in.p++;
          n.eff = 1;
        }
        case 0x40 -> in.p++;
        case 0x41, 0x42 -> {
          in.skipLeb();
          n.eff = 1;
        }
        case 0x43 -> {
          in.p += 4;
          n.eff = 1;
        }
        case 0x44 -> {
          in.p += 8;
          n.eff = 1;
        }
        case 0xfc -> {
          int k = in.u();
          switch (k) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> {}
            case 8 -> {
              in.u();
              in.p++;
              n.eff = -3;
            }
            case 9 -> in.u();
            case 10 -> {
              in.p += 2;
              n.eff = -3;
            }
            case 11 -> {
              in.p++;
              n.eff = -3;
            }
            default -> throw new IllegalStateException("fc " + k);
          }
        }
        default -> {
          if (op >= 0x28 && op <= 0x35) {
            in.u();
            in.skipLeb();
          } else if (op >= 0x36 && op <= 0x3e) {
            in.u();
            in.skipLeb();
            n.eff = -2;
          } else if (op == 0x45
              || op == 0x50
              || (op >= 0x67 && op <= 0x69)
              || (op >= 0x79 && op <= 0x7b)
              || (op >= 0x8b && op <= 0x91)
              || (op >= 0x99 && op <= 0x9f)
              || (op >= 0xa7 && op <= 0xc4)) n.eff = 0;
          else if (op >= 0x46 && op <= 0xa6) n.eff = -1;
          else throw new IllegalStateException("opcode " + Integer.toHexString(op));
        }
      }
      n.raw = Arrays.copyOfRange(in.b, start, in.p);
      list.add(n);
    }
  }
  // ---------------------------------------------------------------- write
  static void emit(Out o, List<N> l, ArrayList<N> labels) {
    for (N n : l) {
      if (n.body != null) {
        o.write(n.op);
        o.bytes(n.raw);
        labels.add(n);
        emit(o, n.body, labels);
        if (n.other != null) {
          o.write(5);
          emit(o, n.other, labels);
        }
        labels.removeLast();
        o.write(0x0b);
      } else if (n.table != null) {
        o.write(0x0e);
        o.u(n.table.length - 1);
        for (N t : n.table) o.u(depth(labels, t));
      } else if (n.to != null) {
        o.write(n.op);
        o.u(depth(labels, n.to));
      } else o.bytes(n.raw);
    }
  }

  static int depth(ArrayList<N> labels, N t) {
    for (int i = labels.size() - 1; i >= 0; i--)
      if (labels.get(i) == t) return labels.size() - 1 - i;
    throw new IllegalStateException("branch to a label that is not open");
  }

  static byte[] code(F f) {
    Out o = new Out();
    o.u(f.locals.size());
    for (int l : f.locals) {
      o.u(1);
      o.write(l);
    }
    var labels = new ArrayList<N>();
    labels.add(f.label);
    emit(o, f.body, labels);
    o.write(0x0b);
    return o.toByteArray();
  }

  // ---------------------------------------------------------------- build
  static N at(int op, int a) {
    N n = new N(op);
    n.a = a;
    Out o = new Out();
    o.write(op);
    if (op == 0x41) o.s(a);
    else o.u(a);
    n.raw = o.toByteArray();
    n.eff = switch (op) {
      case 0x20, 0x23, 0x41 -> 1;
      case 0x21, 0x24 -> -1;
      default -> 0;
    };
    return n;
  }

  static N num(int v) {
    return at(0x41, v);
  }

  static N get(int l) {
    return at(0x20, l);
  }

  static N set(int l) {
    return at(0x21, l);
  }

  static N bare(int op, int eff) {
    N n = new N(op);
    n.raw = new byte[] {(byte) op};
    n.stop = op == 0 || op == 0x0f;
    n.eff = eff;
    return n;
  }

  static N br(N to) {
    N n = new N(0x0c);
    n.raw = new byte[0];
    n.to = to;
    n.stop = true;
    return n;
  }

  static N brIf(N to) {
    N n = new N(0x0d);
    n.raw = new byte[0];
    n.to = to;
    n.eff = -1;
    return n;
  }

  static N brTable(N... t) {
    N n = new N(0x0e);
    n.raw = new byte[0];
    n.table = t;
    n.stop = true;
    n.eff = -1;
    return n;
  }

  static N block(int op, List<N> body) {
    N n = new N(op);
    n.raw = new byte[] {0x40};
    n.body = body;
    if (op == 4) n.eff = -1;
    return n;
  }

  static List<N> list(N... n) {
    return new ArrayList<>(Arrays.asList(n));
  }

  int type(int[] in, int[] out) {
    for (int i = 0; i < types.size(); i++)
      if (Arrays.equals(types.get(i).in, in) && Arrays.equals(types.get(i).out, out)) return i;
    types.add(new Type(in, out));
    Out o = new Out();
    o.write(0x60);
    o.u(in.length);
    for (int x : in) o.write(x);
    o.u(out.length);
    for (int x : out) o.write(x);
    typeRaw.add(o.toByteArray());
    return types.size() - 1;
  }

  int add(F g) {
    funcType.add(g.typeIdx);
    added.add(g);
    return funcType.size() - 1;
  }

  F function(int[] in, int[] out) {
    F g = new F();
    g.type = new Type(in, out);
    g.typeIdx = type(in, out);
    g.nParams = in.length;
    return g;
  }

  N call(int idx) {
    N c = at(0x10, idx);
    Type t = types.get(funcType.get(idx));
    c.eff = t.out.length - t.in.length;
    return c;
  }

  int global(int type, int nth) {
    return globalFor.computeIfAbsent(type + ":" + nth, k -> {
      Out o = new Out();
      o.write(type);
      o.write(1);
      switch (type) {
        case 0x7f -> {
          o.write(0x41);
          o.write(0);
        }
        case 0x7e -> {
          o.write(0x42);
          o.write(0);
        }
        case 0x7d -> {
          o.write(0x43);
          o.bytes(new byte[4]);
        }
        default -> {
          o.write(0x44);
          o.bytes(new byte[8]);
        }
      }
      o.write(0x0b);
      newGlobals.add(o.toByteArray());
      return globalCount + newGlobals.size() - 1;
    });
  }

  // ---------------------------------------------------------------- 2. regroup a long switch
  static final int GROUP = 64;

  void regroup(F f, List<N> list) {
    for (N n : list) {
      if (n.body == null) continue;
      List<N> chain = new ArrayList<>(); // outermost first
      for (N c = n; c.op == 2 && c.raw[0] == 0x40; c = c.body.getFirst()) {
        chain.add(c);
        if (c.body.isEmpty() || c.body.getFirst().body == null) break;
      }
      if (chain.size() < 3 * GROUP) {
        regroup(f, n.body);
        if (n.other != null) regroup(f, n.other);
        continue;
      }
      Collections.reverse(chain); // B_0 innermost … B_n = n itself, kept as the exit label
      int cases = chain.size() - 1;
      Map<N, Integer> number = new IdentityHashMap<>();
      for (int i = 0; i < cases; i++) number.put(chain.get(i), i);
      List<N> inner = chain.getFirst().body;
      List<List<N>> code = new ArrayList<>();
      for (int i = 1; i <= cases; i++) {
        var b = chain.get(i).body;
        code.add(new ArrayList<>(b.subList(1, b.size())));
      }
      int e = f.local(0x7f), tmp = f.local(0x7f);
      N start = block(2, null), disp = block(3, null);
      start.body = retarget(f, inner, number, -1, e, tmp, start, true);
      start.body.add(num(0));
      start.body.add(set(e));
      int groups = (cases + GROUP - 1) / GROUP;
      N[] g = new N[groups];
      for (int q = 0; q < groups; q++) g[q] = block(2, null);
      List<N> cur = list(get(e), num(6), bare(0x76, -1), brTable(Arrays.copyOf(g, groups + 1)));
      ((N) cur.getLast()).table[groups] = g[groups - 1];
      for (int q = 0; q < groups; q++) {
        int from = q * GROUP, to = Math.min(cases, from + GROUP);
        N[] t = new N[to - from + 1];
        N[] lab = new N[to - from];
        for (int j = from; j < to; j++) {
          N b = chain.get(j);
          lab[j - from] = b;
          t[j - from] = b;
        }
        t[to - from] = lab[to - from - 1];
        List<N> in = list(get(e), num(from), bare(0x6b, -1), brTable(t));
        for (int j = from; j < to; j++) {
          N b = chain.get(j);
          b.body = in;
          b.other = null;
          in = list(b);
          in.addAll(retarget(f, code.get(j), number, q, e, tmp, disp, false));
        }
        if (to < cases) {
          in.add(num(to));
          in.add(set(e));
          in.add(br(disp));
        } else in.add(br(n));
        g[q].body = cur;
        cur = list(g[q]);
        cur.addAll(in);
      }
      disp.body = cur;
      n.body = list(start, disp);
    }
  }
  /** branches to chain labels outside group q become: e = label number; branch to the dispatcher */
  List<N> retarget(
      F f, List<N> l, Map<N, Integer> number, int q, int e, int tmp, N disp, boolean inner) {
    List<N> r = new ArrayList<>();
    for (N n : l) {
      if (n.body != null) {
        n.body = retarget(f, n.body, number, q, e, tmp, disp, inner);
        if (n.other != null) n.other = retarget(f, n.other, number, q, e, tmp, disp, inner);
        r.add(n);
      } else if (n.to != null && foreign(n.to, number, q)) {
        List<N> jump = list(num(number.get(n.to)), set(e), br(disp));
        if (n.op == 0x0c) r.addAll(jump);
        else r.add(block(4, jump));
      } else if (n.table != null && Arrays.stream(n.table).anyMatch(t -> foreign(t, number, q))) {
        // index -> number of the label: a lookup function; then branch on that
        LinkedHashMap<N, Integer> outer = new LinkedHashMap<>();
        int cases = number.size();
        int[] val = new int[n.table.length];
        for (int i = 0; i < val.length; i++) {
          N t = n.table[i];
          val[i] = foreign(t, number, q)
              ? number.get(t)
              : cases + outer.computeIfAbsent(t, k -> outer.size());
        }
        r.add(call(lookup(val)));
        if (outer.isEmpty()) {
          r.add(set(e));
          r.add(br(disp));
        } else {
          r.add(at(0x22, e));
          r.add(num(cases));
          r.add(bare(0x49, -1));
          r.add(brIf(disp));
          r.add(get(e));
          r.add(num(cases));
          r.add(bare(0x6b, -1));
          N[] t = outer.keySet().toArray(new N[0]);
          N[] tt = Arrays.copyOf(t, t.length + 1);
          tt[t.length] = t[t.length - 1];
          r.add(brTable(tt));
        }
      } else r.add(n);
    }
    return r;
  }

  static boolean foreign(N t, Map<N, Integer> number, int q) {
    Integer j = number.get(t);
    return j != null && j / GROUP != q;
  }
  /** i32 -> i32: val[min(i, last)] */
  int lookup(int[] val) {
    int last = val.length - 1, step = 600;
    F m = function(new int[] {0x7f}, new int[] {0x7f});
    m.body = new ArrayList<>();
    for (int lo = 0; lo < last; lo += step) {
      int hi = Math.min(last, lo + step);
      F c = function(new int[] {0x7f}, new int[] {0x7f});
      TreeMap<Integer, N> lab = new TreeMap<>();
      N[] t = new N[hi - lo + 1];
      for (int i = lo; i < hi; i++) t[i - lo] = lab.computeIfAbsent(val[i], k -> block(2, null));
      t[hi - lo] = t[hi - lo - 1];
      List<N> cur = list(get(0), brTable(t));
      for (var x : lab.entrySet()) {
        x.getValue().body = cur;
        cur = list(x.getValue(), num(x.getKey()), bare(0x0f, 0));
      }
      cur.add(bare(0, 0));
      c.body = cur;
      int idx = add(c);
      m.body.add(get(0));
      m.body.add(num(hi));
      m.body.add(bare(0x49, -1));
      m.body.add(block(4, list(get(0), num(lo), bare(0x6b, -1), call(idx), bare(0x0f, 0))));
    }
    m.body.add(num(val[last]));
    return add(m);
  }

  // ---------------------------------------------------------------- liveness of locals
  final Map<N, BitSet> at =
      new IdentityHashMap<>(); // what is live where a branch to this label goes

  BitSet live(List<N> l, BitSet out, BitSet[] after) {
    BitSet cur = (BitSet) out.clone();
    for (int i = l.size() - 1; i >= 0; i--) {
      if (after != null) after[i] = (BitSet) cur.clone();
      cur = live(l.get(i), cur);
    }
    return cur;
  }

  BitSet live(N n, BitSet cur) {
    switch (n.op) {
      case 0x02 -> {
        at.put(n, cur);
        return live(n.body, cur, null);
      }
      case 0x04 -> {
        at.put(n, cur);
        BitSet r = live(n.body, cur, null);
        r.or(n.other == null ? cur : live(n.other, cur, null));
        return r;
      }
      case 0x03 -> {
        return loop(n, cur);
      }
      case 0x0c -> {
        return (BitSet) at.get(n.to).clone();
      }
      case 0x0d -> {
        BitSet r = (BitSet) cur.clone();
        r.or(at.get(n.to));
        return r;
      }
      case 0x0e -> {
        BitSet r = new BitSet();
        for (N t : new HashSet<>(Arrays.asList(n.table))) r.or(at.get(t));
        return r;
      }
      case 0x00, 0x0f -> {
        return new BitSet();
      }
      case 0x20 -> {
        cur.set(n.a);
        return cur;
      }
      case 0x21, 0x22 -> {
        cur.clear(n.a);
        return cur;
      }
      default -> {
        return cur;
      }
    }
  }

  BitSet loop(N n, BitSet cur) {
    BitSet head = n.head == null ? new BitSet() : (BitSet) n.head.clone();
    for (; ; ) {
      at.put(n, head);
      BitSet r = live(n.body, cur, null);
      r.or(head);
      if (r.equals(head)) {
        n.head = head;
        at.put(n, head);
        return (BitSet) head.clone();
      }
      head = r;
    }
  }

  // ---------------------------------------------------------------- 1. outline runs
  void split(F f, List<N> list, BitSet liveOut) {
    BitSet[] after = new BitSet[list.size()];
    BitSet liveIn = live(list, liveOut, after);
    for (int i = 0; i < list.size(); i++) {
      N n = list.get(i);
      if (n.body == null || n.size() < maxSize / 2) continue;
      at.put(n, n.op == 3 ? loop(n, after[i]) : after[i]);
      split(f, n.body, after[i]);
      if (n.other != null) split(f, n.other, after[i]);
    }
    live(list, liveOut, null);
    int total = 0;
    for (N n : list) total += n.size();
    if (total <= maxSize) return;
    List<N> out = new ArrayList<>(), run = new ArrayList<>(), seg = new ArrayList<>();
    int h = 0, runSize = 0, segStart = 0, runStart = 0, runEnd = 0;
    boolean dead = false;
    for (int i = 0; i < list.size(); i++) {
      N n = list.get(i);
      seg.add(n);
      h += n.eff;
      dead |= n.stop;
      if (!(dead ? i == list.size() - 1 : h == 0)) continue;
      int s = 0;
      for (N x : seg) s += x.size();
      boolean ok = s <= maxSize * 3 / 2 && takeable(seg);
      if (!ok || runSize + s > maxSize) {
        flush(
            f,
            run,
            runSize,
            out,
            runStart == 0 ? liveIn : after[runStart - 1],
            runEnd == 0 ? null : after[runEnd - 1]);
        run = new ArrayList<>();
        runSize = 0;
      }
      if (ok) {
        if (run.isEmpty()) runStart = segStart;
        run.addAll(seg);
        runSize += s;
        runEnd = i + 1;
      } else out.addAll(seg);
      seg = new ArrayList<>();
      segStart = i + 1;
    }
    flush(
        f,
        run,
        runSize,
        out,
        runStart == 0 ? liveIn : after[runStart - 1],
        runEnd == 0 ? null : after[runEnd - 1]);
    out.addAll(seg);
    list.clear();
    list.addAll(out);
  }

  void flush(F f, List<N> run, int size, List<N> out, BitSet in, BitSet after) {
    if (run.isEmpty()) return;
    var exits = exits(run);
    if (size < minRun || exits.size() > maxExits) {
      out.addAll(run);
      return;
    }
    BitSet lo = run.getLast().stop ? new BitSet() : (BitSet) after.clone();
    for (N e : exits) if (e != RETURN) lo.or(at.get(e));
    out.addAll(outline(f, run, new ArrayList<>(exits), in, lo));
  }

  boolean takeable(List<N> seg) {
    var ex = exits(seg);
    if (ex.size() > maxExits) return false;
    for (N e : ex) if (e != RETURN && (e.op == -2 || e.arity() != 0)) return false;
    return true;
  }

  static Set<N> exits(List<N> l) {
    var r = new LinkedHashMap<N, Boolean>();
    Set<N> out = Collections.newSetFromMap(new IdentityHashMap<>()),
        inside = Collections.newSetFromMap(new IdentityHashMap<>());
    List<N> order = new ArrayList<>();
    exits(l, inside, out, order);
    Set<N> o = new LinkedHashSet<>();
    for (N n : order) if (!inside.contains(n)) o.add(n);
    return o;
  }

  static void exits(List<N> l, Set<N> inside, Set<N> seen, List<N> order) {
    for (N n : l) {
      if (n.body != null) {
        inside.add(n);
        exits(n.body, inside, seen, order);
        if (n.other != null) exits(n.other, inside, seen, order);
      } else if (n.to != null) {
        if (seen.add(n.to)) order.add(n.to);
      } else if (n.table != null) {
        for (N t : n.table) if (seen.add(t)) order.add(t);
      } else if (n.op == 0x0f && seen.add(RETURN)) order.add(RETURN);
    }
  }

  static void locals(List<N> l, Set<Integer> all, Set<Integer> set) {
    for (N n : l) {
      if (n.body != null) {
        locals(n.body, all, set);
        if (n.other != null) locals(n.other, all, set);
      } else if (n.op >= 0x20 && n.op <= 0x22) {
        all.add(n.a);
        if (n.op != 0x20) set.add(n.a);
      }
    }
  }

  List<N> rewrite(List<N> l, Map<Integer, Integer> loc, Map<N, N> exit, int retGlobal) {
    List<N> r = new ArrayList<>();
    for (N n : l) {
      if (n.body != null) {
        n.body = rewrite(n.body, loc, exit, retGlobal);
        if (n.other != null) n.other = rewrite(n.other, loc, exit, retGlobal);
        r.add(n);
      } else if (n.op >= 0x20 && n.op <= 0x22) r.add(at(n.op, loc.get(n.a)));
      else if (n.to != null) {
        if (exit.containsKey(n.to)) n.to = exit.get(n.to);
        r.add(n);
      } else if (n.table != null) {
        for (int i = 0; i < n.table.length; i++)
          if (exit.containsKey(n.table[i])) n.table[i] = exit.get(n.table[i]);
        r.add(n);
      } else if (n.op == 0x0f) {
        if (retGlobal >= 0) r.add(at(0x24, retGlobal));
        r.add(br(exit.get(RETURN)));
      } else r.add(n);
    }
    return r;
  }

  List<N> outline(F f, List<N> run, List<N> ex, BitSet liveIn, BitSet liveOut) {
    TreeSet<Integer> all = new TreeSet<>(), in = new TreeSet<>(), back = new TreeSet<>();
    locals(run, all, back);
    for (int x : all) if (liveIn.get(x)) in.add(x);
    back.removeIf(x -> !liveOut.get(x));
    boolean dead = run.getLast().stop;
    int n = ex.size(), ret = f.type.out.length == 0 ? -1 : global(f.type.out[0], -1);
    boolean coded = n > 0 && !(dead && n == 1), falls = !(dead && n == 0);
    int[] pt = new int[in.size()];
    int k = 0;
    Map<Integer, Integer> loc = new HashMap<>();
    for (int x : in) {
      pt[k] = f.typeOf(x);
      loc.put(x, k++);
    }
    // a single written local and no exit code: hand it back as the result
    int single = !coded && falls && back.size() == 1 ? back.first() : -1;
    F g = function(
        pt, coded ? new int[] {0x7f} : single >= 0 ? new int[] {f.typeOf(single)} : new int[0]);
    int code = coded ? g.local(0x7f) : -1;
    for (int x : all) if (!in.contains(x)) loc.put(x, g.local(f.typeOf(x)));
    Map<N, N> pad = new IdentityHashMap<>();
    List<N> pads = new ArrayList<>();
    for (N e : ex) {
      N p = block(2, null);
      pad.put(e, p);
      pads.add(p);
    }
    List<N> b = rewrite(run, loc, pad, ret);
    N end = block(2, null);
    if (!dead) {
      if (coded) {
        b.add(num(0));
        b.add(set(code));
      }
      if (n > 0) b.add(br(end));
    }
    for (int i = 0; i < n; i++) {
      pads.get(i).body = b;
      b = list(pads.get(i));
      if (coded) {
        b.add(num(i + 1));
        b.add(set(code));
      }
      if (i < n - 1) b.add(br(end));
    }
    if (n > 0) {
      end.body = b;
      b = list(end);
    }
    Map<Integer, Integer> glob = new LinkedHashMap<>();
    Map<Integer, Integer> nth = new HashMap<>();
    if (single < 0)
      for (int x : back) {
        int t = f.typeOf(x);
        glob.put(x, global(t, nth.merge(t, 1, Integer::sum)));
      }
    if (falls) {
      for (var e : glob.entrySet()) {
        b.add(get(loc.get(e.getKey())));
        b.add(at(0x24, e.getValue()));
      }
      if (single >= 0) b.add(get(loc.get(single)));
    }
    if (coded) b.add(get(code));
    g.body = b;
    int idx = add(g);
    outlined++;
    List<N> c = new ArrayList<>();
    for (int x : in) c.add(get(x));
    c.add(call(idx));
    if (falls) {
      if (single >= 0) c.add(set(single));
      for (var e : glob.entrySet()) {
        c.add(at(0x23, e.getValue()));
        c.add(set(e.getKey()));
      }
    }
    if (n == 0) {
      if (dead) c.add(bare(0, 0));
      return c;
    }
    List<N> doReturn = new ArrayList<>();
    if (ret >= 0) doReturn.add(at(0x23, ret));
    doReturn.add(bare(0x0f, 0));
    if (!coded) {
      if (ex.getFirst() == RETURN) c.addAll(doReturn);
      else c.add(br(ex.getFirst()));
      return c;
    }
    if (n == 1 && !dead) { // code is 0 or 1
      if (ex.getFirst() == RETURN) c.add(block(4, doReturn));
      else c.add(brIf(ex.getFirst()));
      return c;
    }
    N fall = block(2, null), rets = block(2, null);
    N[] t = new N[n + 2];
    t[0] = fall;
    for (int i = 0; i < n; i++) t[i + 1] = ex.get(i) == RETURN ? rets : ex.get(i);
    t[n + 1] = fall;
    c.add(brTable(t));
    if (ex.contains(RETURN)) {
      rets.body = c;
      c = list(rets);
      c.addAll(doReturn);
    }
    fall.body = c;
    c = list(fall);
    if (dead) c.add(bare(0, 0));
    return c;
  }

  // ---------------------------------------------------------------- module
  public byte[] run(byte[] wasm, int threshold) {
    In in = new In(wasm, 8);
    LinkedHashMap<Integer, byte[]> secs = new LinkedHashMap<>();
    while (in.p < wasm.length) {
      int id = in.b[in.p++], n = in.u();
      if (id != 0) secs.put(id, Arrays.copyOfRange(wasm, in.p, in.p + n));
      in.p += n;
    }
    In t = new In(secs.get(1), 0);
    for (int i = t.u(); i > 0; i--) {
      int st = t.p;
      if (t.b[t.p++] != 0x60) throw new IllegalStateException("type");
      int[] pi = new int[t.u()];
      for (int k = 0; k < pi.length; k++) pi[k] = t.b[t.p++] & 255;
      int[] po = new int[t.u()];
      for (int k = 0; k < po.length; k++) po[k] = t.b[t.p++] & 255;
      types.add(new Type(pi, po));
      typeRaw.add(Arrays.copyOfRange(t.b, st, t.p));
    }
    In im = new In(secs.get(2), 0);
    for (int i = im.u(); i > 0; i--) {
      int l = im.u();
      im.p += l;
      l = im.u();
      im.p += l;
      if (im.b[im.p++] != 0) throw new IllegalStateException("only functions may be imported");
      funcType.add(im.u());
      imports++;
    }
    In fs = new In(secs.get(3), 0);
    for (int i = fs.u(); i > 0; i--) funcType.add(fs.u());
    In gs = new In(secs.get(6), 0);
    globalCount = gs.u();
    byte[] oldGlobals = Arrays.copyOfRange(gs.b, gs.p, gs.b.length);
    In cs = new In(secs.get(10), 0);
    int nc = cs.u();
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < nc; i++) {
      int len = cs.u(), st = cs.p;
      byte[] raw = Arrays.copyOfRange(cs.b, st, st + len);
      cs.p = st + len;
      if (len > threshold) {
        F f = new F();
        f.typeIdx = funcType.get(imports + i);
        f.type = types.get(f.typeIdx);
        f.nParams = f.type.in.length;
        f.label.raw = new byte[] {(byte) (f.type.out.length == 0 ? 0x40 : f.type.out[0])};
        In b = new In(raw, 0);
        for (int k = b.u(); k > 0; k--) {
          int c = b.u(), ty = b.b[b.p++] & 255;
          while (c-- > 0) f.locals.add(ty);
        }
        f.body = new ArrayList<>();
        var labels = new ArrayList<N>();
        labels.add(f.label);
        parse(b, f.body, labels);
        int before = added.size();
        at.clear();
        at.put(f.label, new BitSet());
        regroup(f, f.body);
        split(f, f.body, new BitSet());
        raw = code(f);
      }
      bodies.add(raw);
    }
    int biggest = 0;
    for (F g : added) {
      byte[] c = code(g);
      biggest = Math.max(biggest, c.length);
      bodies.add(c);
    }
    Out o = new Out();
    o.bytes(Arrays.copyOf(wasm, 8));
    for (var e : secs.entrySet()) {
      Out c = new Out();
      switch (e.getKey()) {
        case 1 -> {
          c.u(types.size());
          typeRaw.forEach(c::bytes);
        }
        case 3 -> {
          c.u(funcType.size() - imports);
          for (int i = imports; i < funcType.size(); i++) c.u(funcType.get(i));
        }
        case 6 -> {
          c.u(globalCount + newGlobals.size());
          c.bytes(oldGlobals);
          newGlobals.forEach(c::bytes);
        }
        case 10 -> {
          c.u(bodies.size());
          for (byte[] b : bodies) {
            c.u(b.length);
            c.bytes(b);
          }
        }
        default -> c.bytes(e.getValue());
      }
      o.write(e.getKey());
      o.u(c.size());
      o.bytes(c.toByteArray());
    }
    return o.toByteArray();
  }

  public static void main(String[] a) throws Exception {
    var s = new SplitWasm(Integer.parseInt(a[2]));
    Files.write(Path.of(a[1]), s.run(Files.readAllBytes(Path.of(a[0])), Integer.parseInt(a[3])));
  }
}
