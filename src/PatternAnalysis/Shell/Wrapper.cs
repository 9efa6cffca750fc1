using System.Collections.Frozen;

namespace PatternAnalysis.Shell;

/// <summary>A program whose only work is to run the command that follows it.</summary>
/// <param name="Verbs">The words that make it one (<c>run</c> of <c>uv run</c>); empty when it always is.</param>
/// <param name="ValueOptions">Its options that take the next word.</param>
/// <param name="Operands">How many words of its own stand before the command (<c>timeout 60</c>).</param>
/// <param name="QueryOptions">Options that make it ask about the command instead of running it (<c>command -v</c>).</param>
internal sealed record Wrapper(string[] Verbs, string[] ValueOptions, int Operands = 0, params string[] QueryOptions)
{
    private static readonly string[] s_none = [];
    private static readonly string[] s_uv =
    [
        "--with",
        "--with-requirements",
        "--python",
        "-p",
        "--extra",
        "--group",
        "--env-file",
        "--directory",
        "--project",
        "--package",
        "--index-url",
        "--from",
    ];
    private static readonly string[] s_npx = ["-p", "--package", "-w", "--workspace", "--prefix", "-C", "--dir"];

    // A program may stand here several times: the first entry whose verbs occur in the command counts.
    private static readonly (string Name, Wrapper Wrapper)[] s_all =
    [
        ("env", new(s_none, ["-u", "--unset", "-C", "--chdir"])),
        (
            "sudo",
            new(
                s_none,
                ["-u", "--user", "-g", "--group", "-h", "--host", "-p", "--prompt", "-C", "-T", "-R", "-D", "-r", "-t"],
                0,
                "-l",
                "-v",
                "-k"
            )
        ),
        ("doas", new(s_none, ["-u", "-C"])),
        ("time", new(s_none, ["-f", "--format", "-o", "--output"])),
        ("nohup", new(s_none, s_none)),
        ("setsid", new(s_none, s_none)),
        ("unbuffer", new(s_none, s_none)),
        ("busybox", new(s_none, s_none)),
        ("nice", new(s_none, ["-n", "--adjustment"])),
        ("ionice", new(s_none, ["-c", "-n", "-t"], 0, "-p")),
        ("timeout", new(s_none, ["-s", "--signal", "-k", "--kill-after"], 1)),
        ("gtimeout", new(s_none, ["-s", "--signal", "-k", "--kill-after"], 1)),
        ("stdbuf", new(s_none, ["-i", "-o", "-e"])),
        ("caffeinate", new(s_none, ["-t", "-w"])),
        ("chroot", new(s_none, s_none, 1)),
        ("flock", new(s_none, ["-w", "--timeout", "-E"], 1)),
        (
            "xargs",
            new(
                s_none,
                ["-n", "-I", "-P", "-L", "-d", "-a", "-E", "-s", "--max-args", "--max-procs", "--max-lines", "--delimiter", "--arg-file"]
            )
        ),
        ("watch", new(s_none, ["-n", "--interval"])),
        ("exec", new(s_none, ["-a"])),
        ("command", new(s_none, s_none, 0, "-v", "-V")),
        ("builtin", new(s_none, s_none)),
        ("noglob", new(s_none, s_none)),
        ("uv", new(["tool", "run"], s_uv)),
        ("uv", new(["run"], s_uv)),
        ("uvx", new(s_none, s_uv)),
        ("pipx", new(["run"], ["--spec", "--python"])),
        ("poetry", new(["run"], ["-C", "--directory", "-P", "--project"])),
        ("pipenv", new(["run"], s_none)),
        ("pdm", new(["run"], ["-p", "--project"])),
        ("hatch", new(["run"], s_none)),
        ("rye", new(["run"], s_none)),
        ("conda", new(["run"], ["-n", "--name", "-p", "--prefix"])),
        ("bundle", new(["exec"], s_none)),
        ("mise", new(["exec"], s_none)),
        ("mise", new(["x"], s_none)),
        ("direnv", new(["exec"], s_none, 1)),
        ("npx", new(s_none, s_npx)),
        ("bunx", new(s_none, s_npx)),
        ("npm", new(["exec"], s_npx)),
        ("pnpm", new(["exec"], s_npx)),
        ("pnpm", new(["dlx"], s_npx)),
        ("yarn", new(["dlx"], s_npx)),
        ("yarn", new(["exec"], s_npx)),
        ("bun", new(["x"], s_npx)),
        ("mamba", new(["run"], ["-n", "--name", "-p", "--prefix"])),
        ("micromamba", new(["run"], ["-n", "--name", "-p", "--prefix"])),
        ("pixi", new(["run"], ["-e", "--environment"])),
        ("rbenv", new(["exec"], s_none)),
        ("pyenv", new(["exec"], s_none)),
        ("asdf", new(["exec"], s_none)),
        ("volta", new(["run"], ["--node", "--npm", "--yarn"])),
        ("rustup", new(["run"], s_none, 1)),
        ("cross-env", new(s_none, s_none)),
        ("xvfb-run", new(s_none, ["-n", "-s", "-e", "-f", "--server-args"])),
        ("chronic", new(s_none, s_none)),
        ("taskset", new(s_none, s_none, 1)),
    ];

    private static readonly FrozenDictionary<string, Wrapper[]> s_byName = s_all
        .GroupBy(entry => entry.Name, entry => entry.Wrapper, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The place of the wrapped command's first word when the words from <paramref name="start"/> are a wrapper with a command;
    /// else -1. Assignments on the way are collected.
    /// </summary>
    public static int FindCommand(string program, IReadOnlyList<ShellWord> words, int start, List<ShellWord> assignments, out string name)
    {
        name = program;
        if (!s_byName.TryGetValue(program, out var wrappers))
            return -1;
        foreach (var wrapper in wrappers)
        {
            var next = wrapper.SkipVerbs(words, start + 1);
            if (next < 0)
                continue;
            if (wrapper.Verbs.Length > 0)
                name = program + " " + string.Join(' ', wrapper.Verbs);
            return wrapper.SkipOptions(words, next, program is "env" or "sudo" or "doas" or "cross-env", assignments);
        }

        return -1;
    }

    /// <summary>The place of the command that the words from <paramref name="start"/> carry, or -1.</summary>
    public int FindCommand(IReadOnlyList<ShellWord> words, int start) =>
        SkipVerbs(words, start + 1) is >= 0 and var next ? SkipOptions(words, next, takesAssignments: false, []) : -1;

    private int SkipVerbs(IReadOnlyList<ShellWord> words, int next)
    {
        foreach (var verb in Verbs)
        {
            while (next < words.Count && words[next].Value is ['-', ..] option)
                next += ValueOptions.Contains(option) ? 2 : 1;
            if (next >= words.Count || words[next].Value != verb)
                return -1;
            next++;
        }

        return next;
    }

    private int SkipOptions(IReadOnlyList<ShellWord> words, int next, bool takesAssignments, List<ShellWord> assignments)
    {
        var operands = Operands;
        for (; next < words.Count; next++)
        {
            var word = words[next].Value;
            if (word == "--")
                continue;
            if (word is ['-', _, ..])
            {
                if (QueryOptions.Contains(word))
                    return -1;
                if (ValueOptions.Contains(word))
                    next++;
            }
            else if (takesAssignments && PosixSyntax.IsAssignment(word))
            {
                assignments.Add(words[next]);
            }
            else if (word != "-" && operands-- <= 0)
            {
                return next;
            }
        }

        return -1;
    }
}
