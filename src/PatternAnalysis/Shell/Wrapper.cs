using System.Collections.Frozen;

namespace PatternAnalysis.Shell;

/// <summary>A program whose only work is to run the command that follows it.</summary>
/// <param name="verbs">The words that make it one (<c>run</c> of <c>uv run</c>); empty when it always is.</param>
/// <param name="valueOptions">Its options that take the next word.</param>
/// <param name="operands">How many words of its own stand before the command (<c>timeout 60</c>).</param>
internal sealed class Wrapper(string verbs, string valueOptions = "", int operands = 0)
{
    private const string Python =
        "--with -w --with-editable --with-requirements --python -p --extra --no-extra --group "
        + "--no-group --only-group --env-file --directory "
        + "--project --package --from --index --default-index --index-url -i --extra-index-url --find-links -f --index-strategy "
        + "--keyring-provider --config-file --cache-dir --link-mode --resolution --prerelease --exclude-newer --refresh-package "
        + "--upgrade-package -P --reinstall-package --config-setting -C --no-build-package --no-binary-package --constraints -c "
        + "--overrides --allow-insecure-host --python-platform --color";

    private const string Node =
        "-p --package -w --workspace --prefix -C --dir --cwd --filter -F --resume-from --registry --cache --userconfig --loglevel";

    private const string Conda = "-n --name -p --prefix --cwd";
    private const string Limit = "-s --signal -k --kill-after";

    // A program may stand here several times: the first entry whose verbs occur in the command counts.
    private static readonly (string Name, Wrapper Wrapper)[] s_all =
    [
        ("env", new("", "-u --unset -C --chdir -a --argv0 -P")),
        (
            "sudo",
            new(
                "",
                "-u --user -g --group -h --host -p --prompt -C --close-from -T --command-timeout -R "
                    + "--chroot -D --chdir -r --role -t --type "
                    + "-U --other-user"
            )
            {
                QueryOptions = "-l --list -v --validate",
            }
        ),
        ("doas", new("", "-u -C -a")),
        ("time", new("", "-f --format -o --output")),
        ("nohup", new("")),
        ("setsid", new("")),
        ("unbuffer", new("")),
        ("busybox", new("")),
        ("nice", new("", "-n --adjustment")),
        ("ionice", new("", "-c --class -n --classdata") { QueryOptions = "-p --pid -P --pgid -u --uid" }),
        ("timeout", new("", Limit, 1)),
        ("gtimeout", new("", Limit, 1)),
        ("stdbuf", new("", "-i --input -o --output -e --error")),
        ("caffeinate", new("", "-t -w")),
        ("chroot", new("", "--userspec --groups -u -g -G", 1)),
        ("flock", new("", "-w --timeout --wait -E --conflict-exit-code", 1)),
        ("xargs", new("", "-n --max-args -I -J -R -P --max-procs -L -d --delimiter -a --arg-file -E -s --max-chars --process-slot-var")),
        ("watch", new("", "-n --interval -q --equexit -s --shotsdir")),
        ("exec", new("", "-a")),
        ("command", new("") { QueryOptions = "-v -V" }),
        ("builtin", new("")),
        ("noglob", new("")),
        ("uv", new("tool run", Python)),
        ("uv", new("run", Python)),
        ("uvx", new("", Python)),
        ("pipx", new("run", "--spec --python --with --pip-args --index-url -i")),
        ("poetry", new("run", "-C --directory -P --project")),
        ("pipenv", new("run", "--python --pypi-mirror")),
        ("pdm", new("run", "-p --project")),
        ("hatch", new("run", "-e --env -p --project --config --data-dir --cache-dir")),
        ("rye", new("run", "--pyproject")),
        ("conda", new("run", Conda)),
        ("mamba", new("run", Conda)),
        ("micromamba", new("run", Conda + " -r --root-prefix -e --env --label -a --attach")),
        ("bundle", new("exec", "--gemfile")),
        ("mise", new("exec", "-C --cd -j --jobs -E --env")),
        ("mise", new("x", "-C --cd -j --jobs -E --env")),
        ("direnv", new("exec", "", 1)),
        ("npx", new("", Node)),
        ("bunx", new("", Node)),
        ("npm", new("exec", Node)),
        ("npm", new("x", Node)),
        ("pnpm", new("exec", Node)),
        ("pnpm", new("dlx", Node)),
        ("yarn", new("dlx", Node)),
        ("yarn", new("exec", Node)),
        ("bun", new("x", Node)),
        ("pixi", new("run", "-e --environment --manifest-path")),
        ("rbenv", new("exec")),
        ("pyenv", new("exec")),
        ("asdf", new("exec")),
        ("volta", new("run", "--node --npm --yarn --pnpm")),
        ("rustup", new("run", "", 1)),
        ("cross-env", new("")),
        ("xvfb-run", new("", "-n --server-num -s --server-args -e --error-file -f --auth-file -p --xauth-protocol -w --wait")),
        ("chronic", new("")),
        ("taskset", new("", "", 1) { QueryOptions = "-p --pid" }),
    ];

    private static readonly FrozenDictionary<string, Wrapper[]> s_byName = ByName(s_all);

    private readonly string[] _verbs = Words(verbs);
    private readonly HashSet<string> _valueOptions = [.. Words(valueOptions)];
    private readonly string[] _queryOptions = [];

    /// <summary>Options that make it ask about the command instead of running it (<c>command -v</c>).</summary>
    public string QueryOptions
    {
        init => _queryOptions = Words(value);
    }

    /// <summary>What stands behind <c>--</c> is the command, whatever stood before: <c>kubectl exec -f pod.yaml -- ls</c>.</summary>
    public bool BeginsBehindDashes { get; init; }

    /// <summary>What follows its own words is the command's, an option too: <c>docker run image --help</c>.</summary>
    public bool EndsAtOperands { get; init; }

    /// <summary>
    /// The place of the wrapped command's first word when the words from <paramref name="start"/> are a wrapper with a command;
    /// else -1. Assignments on the way are collected.
    /// </summary>
    public static int FindCommand(string program, IReadOnlyList<ShellWord> words, int start, List<ShellWord> assignments, out string name)
    {
        name = program;
        foreach (var wrapper in s_byName.GetValueOrDefault(program) ?? [])
        {
            var next = wrapper.SkipVerbs(words, start + 1);
            if (next < 0)
                continue;
            name = string.Join(' ', wrapper._verbs.Prepend(program));
            return wrapper.SkipOptions(words, next, program is "env" or "sudo" or "doas" or "cross-env", assignments);
        }

        return -1;
    }

    /// <summary>The place of the command that the words carry, or -1.</summary>
    public int FindCommand(IReadOnlyList<ShellWord> words) =>
        SkipVerbs(words, 1) is >= 0 and var next ? SkipOptions(words, next, takesAssignments: false, []) : -1;

    /// <summary>Those of each program, in their order.</summary>
    public static FrozenDictionary<string, Wrapper[]> ByName(IEnumerable<(string Name, Wrapper Wrapper)> entries) =>
        entries
            .GroupBy(entry => entry.Name, entry => entry.Wrapper, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private int SkipVerbs(IReadOnlyList<ShellWord> words, int next)
    {
        foreach (var verb in _verbs)
        {
            while (next < words.Count && words[next].Value is ['-', ..] option)
                next += TakesNext(option) ? 2 : 1;
            if (next >= words.Count || words[next].Value != verb)
                return -1;
            next++;
        }

        return next;
    }

    private int SkipOptions(IReadOnlyList<ShellWord> words, int next, bool takesAssignments, List<ShellWord> assignments)
    {
        var left = operands;
        for (; next < words.Count; next++)
        {
            var word = words[next].Value;
            if (EndsAtOperands && left == 0)
                return next;
            if (word == "--")
            {
                if (BeginsBehindDashes)
                    left = 0;
            }
            else if (word is ['-', _, ..])
            {
                if (_queryOptions.Contains(word))
                    return -1;
                if (TakesNext(word))
                    next++;
            }
            else if (takesAssignments && PosixSyntax.IsAssignment(word))
            {
                assignments.Add(words[next]);
            }
            else if (word != "-" && left-- <= 0)
            {
                return next;
            }
        }

        return -1;
    }

    // -itw /tmp is -i -t -w /tmp; what follows a letter that takes a value, in its word, is that value: -p22, -n1.
    private bool TakesNext(string option)
    {
        if (option is ['-', '-', ..] || _valueOptions.Contains(option))
            return _valueOptions.Contains(option);
        for (var index = 1; index < option.Length; index++)
        {
            if (_valueOptions.Contains("-" + option[index]))
                return index == option.Length - 1;
        }

        return false;
    }
}
