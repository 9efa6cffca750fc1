using System.Collections.Frozen;

namespace PatternAnalysis.Shell;

/// <summary>
/// Commands that a program carries somewhere else: to another machine, into a container, to another shell. What they are is judged, and
/// the program that carries them as well.
/// </summary>
internal static class CarriedCommand
{
    private static readonly string[] s_ssh =
    [
        "-B",
        "-b",
        "-c",
        "-D",
        "-E",
        "-e",
        "-F",
        "-I",
        "-i",
        "-J",
        "-L",
        "-l",
        "-m",
        "-O",
        "-o",
        "-P",
        "-p",
        "-Q",
        "-R",
        "-S",
        "-W",
        "-w",
        "-M",
    ];

    private static readonly string[] s_container =
    [
        "-u",
        "--user",
        "-w",
        "--workdir",
        "-e",
        "--env",
        "--env-file",
        "--detach-keys",
        "-v",
        "--volume",
        "-p",
        "--publish",
        "--name",
        "--network",
        "--net",
        "--entrypoint",
        "--mount",
        "-m",
        "--memory",
        "--cpus",
        "--platform",
        "-h",
        "--hostname",
        "-l",
        "--label",
        "--restart",
        "--pull",
        "--add-host",
        "--gpus",
        "--user-ns",
        "--index",
        "-f",
        "--file",
        "--project-name",
        "--profile",
        "--project-directory",
        "-H",
        "--host",
    ];

    private static readonly string[] s_kubernetes =
    [
        "-n",
        "--namespace",
        "-c",
        "--container",
        "--context",
        "--kubeconfig",
        "--cluster",
        "-f",
        "--filename",
        "--pod-running-timeout",
        "--image",
        "--user",
    ];

    private static readonly string[] s_none = [];
    private static readonly string[] s_tmux = ["-s", "-t", "-n", "-c", "-e", "-x", "-y", "-l", "-p", "-F"];

    // Words that are run as they stand.
    private static readonly (string Name, Wrapper Wrapper)[] s_words =
    [
        ("docker", new(["compose", "exec"], s_container, 1)),
        ("docker", new(["compose", "run"], s_container, 1)),
        ("docker", new(["container", "exec"], s_container, 1)),
        ("docker", new(["container", "run"], s_container, 1)),
        ("docker", new(["exec"], s_container, 1)),
        ("docker", new(["run"], s_container, 1)),
        ("docker-compose", new(["exec"], s_container, 1)),
        ("docker-compose", new(["run"], s_container, 1)),
        ("podman", new(["compose", "exec"], s_container, 1)),
        ("podman", new(["exec"], s_container, 1)),
        ("podman", new(["run"], s_container, 1)),
        ("nerdctl", new(["exec"], s_container, 1)),
        ("nerdctl", new(["run"], s_container, 1)),
        ("crictl", new(["exec"], s_none, 1)),
        ("kubectl", new(["exec"], s_kubernetes, 1)),
        ("kubectl", new(["run"], s_kubernetes, 1)),
        ("kubectl", new(["debug"], s_kubernetes, 1)),
        ("oc", new(["exec"], s_kubernetes, 1)),
        ("oc", new(["rsh"], s_kubernetes, 1)),
        ("lxc", new(["exec"], s_none, 1)),
        ("incus", new(["exec"], s_none, 1)),
        ("pct", new(["exec"], s_none, 1)),
        ("multipass", new(["exec"], ["-d", "--working-directory"], 1)),
        ("limactl", new(["shell"], ["--workdir", "--shell"], 1)),
        ("lima", new(s_none, s_none)),
        ("colima", new(["ssh"], ["-p", "--profile"])),
        ("orb", new(s_none, ["-m", "-u", "-w"])),
        ("machinectl", new(["shell"], s_none, 1)),
        ("distrobox", new(["enter"], ["-n", "--name"], 1)),
        ("toolbox", new(["run"], ["-c", "--container"])),
        ("systemd-run", new(s_none, ["-p", "--property", "-u", "--unit", "-E", "--setenv", "-M", "-H", "--on-calendar", "--on-active"])),
        ("nsenter", new(s_none, ["-t", "--target"])),
        ("unshare", new(s_none, s_none)),
        ("parallel", new(s_none, ["-j", "--jobs", "-a", "--arg-file", "-S", "--sshlogin", "-I", "-d", "--delay", "--timeout", "--joblog"])),
        ("heroku", new(["run"], ["-a", "--app"])),
        ("railway", new(["run"], ["-s", "--service", "-e", "--environment"])),
        ("fly", new(["machine", "exec"], ["-a", "--app"], 1)),
        ("entr", new(s_none, s_none)),
        ("strace", new(s_none, ["-o", "-e", "-p", "-s", "-u", "-E"])),
        ("ltrace", new(s_none, ["-o", "-e", "-p", "-s", "-u"])),
        ("perf", new(["stat"], ["-e", "-r", "-o"])),
        ("valgrind", new(s_none, s_none)),
        ("gdb", new(s_none, ["-x", "-ex", "-p"])),
        ("git", new(["bisect", "run"], ["-C", "-c"])),
        ("runuser", new(s_none, ["-u", "-g", "-G"])),
        ("setpriv", new(s_none, s_none)),
        ("gosu", new(s_none, s_none, 1)),
        ("su-exec", new(s_none, s_none, 1)),
        ("pkexec", new(s_none, ["--user"])),
        ("sg", new(s_none, s_none, 1)),
    ];

    // Words that a shell gets, joined by blanks.
    private static readonly (string Name, Wrapper Wrapper)[] s_text =
    [
        ("ssh", new(s_none, s_ssh, 1)),
        ("autossh", new(s_none, s_ssh, 1)),
        ("slogin", new(s_none, s_ssh, 1)),
        ("tsh", new(["ssh"], s_none, 1)),
        ("mosh", new(s_none, ["-p", "--port"], 1)),
        ("sshpass", new(s_none, ["-p", "-f", "-d"])),
        ("pdsh", new(s_none, ["-w", "-x", "-l", "-f", "-R"])),
        ("clush", new(s_none, ["-w", "-x", "-g", "-l"])),
        ("wsl", new(s_none, ["-d", "--distribution", "-u", "--user", "--cd", "--shell-type"])),
        ("adb", new(["shell"], ["-s"])),
        ("minikube", new(["ssh"], ["-p", "--profile", "-n", "--node"])),
        ("podman", new(["machine", "ssh"], s_none, 1)),
        ("git", new(["submodule", "foreach"], ["-C", "-c"])),
        ("tmux", new(["new-session"], s_tmux)),
        ("tmux", new(["new"], s_tmux)),
        ("tmux", new(["new-window"], s_tmux)),
        ("tmux", new(["neww"], s_tmux)),
        ("tmux", new(["split-window"], s_tmux)),
        ("tmux", new(["send-keys"], s_tmux)),
        ("tmux", new(["send"], s_tmux)),
        ("tmux", new(["run-shell"], s_tmux)),
        ("screen", new(s_none, ["-S", "-X", "-t", "-c"])),
        ("hyperfine", new(s_none, ["-w", "-r", "-n", "-m", "-M", "--warmup", "--runs", "--export-json", "--export-markdown", "-L"])),
        ("concurrently", new(s_none, ["-n", "--names", "-c"])),
        ("watchexec", new(s_none, ["-w", "--watch", "-e", "--exts", "-i", "--ignore"])),
    ];

    // Options whose value, or all that follows them, a shell gets.
    private static readonly FrozenDictionary<string, string[]> s_options = new Dictionary<string, string[]>
    {
        ["vagrant"] = ["-c", "--command"],
        ["gcloud"] = ["--command"],
        ["fly"] = ["-C", "--command"],
        ["flyctl"] = ["-C", "--command"],
        ["az"] = ["--scripts"],
        ["aws"] = ["--parameters"],
        ["ansible"] = ["-a", "--args"],
        ["nodemon"] = ["-x", "--exec"],
        ["wt"] = ["-c"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Wrapper[]> s_wordsByName = ByName(s_words);
    private static readonly FrozenDictionary<string, Wrapper[]> s_textByName = ByName(s_text);

    /// <summary>The words that the program hands on as a command, or <see langword="null"/>.</summary>
    public static IReadOnlyList<ShellWord>? FindWords(string program, IReadOnlyList<ShellWord> words) =>
        FindStart(s_wordsByName, program, words) is { } start ? [.. words.Skip(start)] : null;

    /// <summary>The text that the program hands to a shell, or <see langword="null"/>.</summary>
    public static string? FindText(string program, IReadOnlyList<ShellWord> words)
    {
        if (FindStart(s_textByName, program, words) is { } start)
            return string.Join(' ', words.Skip(start));
        if (!s_options.TryGetValue(program, out var options))
            return null;
        for (var index = 1; index < words.Count; index++)
        {
            var word = words[index].Value;
            if (options.Contains(word) && index + 1 < words.Count)
                return Unwrap(words[index + 1].Value);
            var option = Array.Find(
                options,
                option => option.StartsWith("--", StringComparison.Ordinal) && word.StartsWith(option + "=", StringComparison.Ordinal)
            );
            if (option is not null)
                return Unwrap(word[(option.Length + 1)..]);
        }

        return null;
    }

    // commands=["a","b"], commands='a': the commands are what is left without brackets and quotes.
    private static string Unwrap(string text) =>
        text.StartsWith("commands=", StringComparison.Ordinal) || text.StartsWith('{')
            ? text.Replace("commands", "", StringComparison.Ordinal)
                .Replace("\",\"", "\n", StringComparison.Ordinal)
                .Trim('{', '}', '[', ']', '=', ':', '"', '\'', ' ')
            : text;

    private static int? FindStart(FrozenDictionary<string, Wrapper[]> table, string program, IReadOnlyList<ShellWord> words)
    {
        foreach (var wrapper in table.GetValueOrDefault(program) ?? [])
        {
            if (wrapper.FindCommand(words, 0) is >= 0 and var found)
                return found;
        }

        return null;
    }

    private static FrozenDictionary<string, Wrapper[]> ByName((string Name, Wrapper Wrapper)[] entries) =>
        entries
            .GroupBy(entry => entry.Name, entry => entry.Wrapper, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
}
