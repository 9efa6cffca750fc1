using System.Collections.Frozen;

namespace PatternAnalysis.Shell;

/// <summary>A program whose only work is to run the command that follows it.</summary>
/// <param name="Verbs">The words that make it one (<c>run</c> of <c>uv run</c>); empty when it always is.</param>
/// <param name="ValueOptions">Its options that take the next word.</param>
/// <param name="Operands">How many words of its own stand before the command (<c>timeout 60</c>).</param>
/// <param name="QueryOptions">Options that make it ask about the command instead of running it (<c>command -v</c>).</param>
internal sealed record Wrapper(string[] Verbs, string[] ValueOptions, int Operands = 0, params string[] QueryOptions)
{
    private static readonly string[] None = [];
    private static readonly string[] Uv =
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
    private static readonly string[] Npx = ["-p", "--package", "-w", "--workspace", "--prefix", "-C", "--dir"];

    // Several entries under one name: the first whose verbs are there counts.
    private static readonly (string Name, Wrapper Wrapper)[] All =
    [
        ("env", new(None, ["-u", "--unset", "-C", "--chdir"])),
        (
            "sudo",
            new(
                None,
                ["-u", "--user", "-g", "--group", "-h", "--host", "-p", "--prompt", "-C", "-T", "-R", "-D", "-r", "-t"],
                0,
                "-l",
                "-v",
                "-k"
            )
        ),
        ("doas", new(None, ["-u", "-C"])),
        ("time", new(None, ["-f", "--format", "-o", "--output"])),
        ("nohup", new(None, None)),
        ("setsid", new(None, None)),
        ("unbuffer", new(None, None)),
        ("busybox", new(None, None)),
        ("nice", new(None, ["-n", "--adjustment"])),
        ("ionice", new(None, ["-c", "-n", "-t"], 0, "-p")),
        ("timeout", new(None, ["-s", "--signal", "-k", "--kill-after"], 1)),
        ("gtimeout", new(None, ["-s", "--signal", "-k", "--kill-after"], 1)),
        ("stdbuf", new(None, ["-i", "-o", "-e"])),
        ("caffeinate", new(None, ["-t", "-w"])),
        ("chroot", new(None, None, 1)),
        ("flock", new(None, ["-w", "--timeout", "-E"], 1)),
        (
            "xargs",
            new(
                None,
                ["-n", "-I", "-P", "-L", "-d", "-a", "-E", "-s", "--max-args", "--max-procs", "--max-lines", "--delimiter", "--arg-file"]
            )
        ),
        ("watch", new(None, ["-n", "--interval"])),
        ("exec", new(None, ["-a"])),
        ("command", new(None, None, 0, "-v", "-V")),
        ("builtin", new(None, None)),
        ("noglob", new(None, None)),
        ("uv", new(["tool", "run"], Uv)),
        ("uv", new(["run"], Uv)),
        ("uvx", new(None, Uv)),
        ("pipx", new(["run"], ["--spec", "--python"])),
        ("poetry", new(["run"], ["-C", "--directory", "-P", "--project"])),
        ("pipenv", new(["run"], None)),
        ("pdm", new(["run"], ["-p", "--project"])),
        ("hatch", new(["run"], None)),
        ("rye", new(["run"], None)),
        ("conda", new(["run"], ["-n", "--name", "-p", "--prefix"])),
        ("bundle", new(["exec"], None)),
        ("mise", new(["exec"], None)),
        ("mise", new(["x"], None)),
        ("direnv", new(["exec"], None, 1)),
        ("npx", new(None, Npx)),
        ("bunx", new(None, Npx)),
        ("npm", new(["exec"], Npx)),
        ("pnpm", new(["exec"], Npx)),
        ("pnpm", new(["dlx"], Npx)),
        ("yarn", new(["dlx"], Npx)),
        ("yarn", new(["exec"], Npx)),
        ("bun", new(["x"], Npx)),
        ("mamba", new(["run"], ["-n", "--name", "-p", "--prefix"])),
        ("micromamba", new(["run"], ["-n", "--name", "-p", "--prefix"])),
        ("pixi", new(["run"], ["-e", "--environment"])),
        ("rbenv", new(["exec"], None)),
        ("pyenv", new(["exec"], None)),
        ("asdf", new(["exec"], None)),
        ("volta", new(["run"], ["--node", "--npm", "--yarn"])),
        ("rustup", new(["run"], None, 1)),
        ("cross-env", new(None, None)),
        ("xvfb-run", new(None, ["-n", "-s", "-e", "-f", "--server-args"])),
        ("chronic", new(None, None)),
        ("taskset", new(None, None, 1)),
    ];

    private static readonly FrozenDictionary<string, Wrapper[]> ByName = All.GroupBy(
            entry => entry.Name,
            entry => entry.Wrapper,
            StringComparer.OrdinalIgnoreCase
        )
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The place of the wrapped command's first word when the words from <paramref name="start"/> are a wrapper with a command;
    /// else -1. Assignments on the way are collected.
    /// </summary>
    public static int FindCommand(string program, IReadOnlyList<ShellWord> words, int start, List<ShellWord> assignments, out string name)
    {
        name = program;
        if (!ByName.TryGetValue(program, out var wrappers))
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
