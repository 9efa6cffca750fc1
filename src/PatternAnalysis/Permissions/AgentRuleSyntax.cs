using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Permissions;

/// <summary>
/// How an agent writes its allow rules, and which commands it would run by one of them without asking: as its documentation says, and where
/// that says nothing, as whoever wants harm would have it.
/// </summary>
/// <remarks>
/// All three that are known cut a command at <c>&amp;&amp;</c>, <c>||</c>, <c>;</c>, <c>|</c>, <c>&amp;</c> and line ends and want a rule
/// for each part; match a prefix by whole words; and ask in spite of a rule where output goes to a file (Claude Code looks at the file by
/// its rules for edits, Gemini CLI wants <c>allowRedirection</c>) or where a substitution makes text that cannot be read. Codex compares
/// plain words only. Sources: Claude Code, "Configure permissions", since 2.1.98; Gemini CLI, "Policy engine"; Codex, "Rules".
/// </remarks>
internal sealed class AgentRuleSyntax
{
    private static readonly JsonSerializerOptions s_quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly AgentRuleSyntax s_claude = new("Claude Code", hasExact: true, plainWordsOnly: false);
    private static readonly AgentRuleSyntax s_gemini = new("Gemini CLI", hasExact: false, plainWordsOnly: false);
    private static readonly AgentRuleSyntax s_codex = new("Codex", hasExact: false, plainWordsOnly: true);

    private static readonly FrozenDictionary<string, AgentRuleSyntax> s_byTool = new Dictionary<string, AgentRuleSyntax>
    {
        ["Bash"] = s_claude,
        ["PowerShell"] = s_claude,
        ["run_shell_command"] = s_gemini,
        ["shell"] = s_codex,
        ["shell_command"] = s_codex,
        ["local_shell"] = s_codex,
        ["exec_command"] = s_codex,
        ["unified_exec"] = s_codex,
        ["container.exec"] = s_codex,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly bool _plainWordsOnly;

    private AgentRuleSyntax(string agent, bool hasExact, bool plainWordsOnly) =>
        (Agent, HasExact, _plainWordsOnly) = (agent, hasExact, plainWordsOnly);

    /// <summary>The agent's name.</summary>
    public string Agent { get; }

    /// <summary>Whether a rule can be about one text and nothing that begins like it.</summary>
    public bool HasExact { get; }

    /// <summary>
    /// The syntax of the agent that calls its shell so; <see langword="null"/> where it is not known how the agent reads rules.
    /// </summary>
    public static AgentRuleSyntax? Of(string tool) => s_byTool.GetValueOrDefault(tool);

    /// <summary>The rule as the agent's settings take it.</summary>
    /// <param name="tool">The shell tool.</param>
    /// <param name="text">The text, or what it begins with.</param>
    /// <param name="isPrefix">Whether everything is meant that begins so; always, where there are no others.</param>
    /// <returns><see langword="null"/> where no rule of the agent is about just this text.</returns>
    public string? Write(string tool, string text, bool isPrefix)
    {
        if (this == s_claude)
            return isPrefix ? $"{tool}({text}:*)" : $"{tool}({text})";
        var script = ShellReader.Read(text, ShellDialect.Posix);
        if (!Admits(script))
            return null;
        if (this == s_gemini)
            return $"{tool}({text})";

        // What is around the words ("timeout 60", "CI=1") is no part of them: the rule would be about something else.
        if (script.Segments[0] is not { Program: { } program, Wrappers.Count: 0, Assignments.Count: 0 } segment)
            return null;
        var words = segment.Arguments.Select(word => word.Value).Prepend(segment.ProgramFolder + program);
        var pattern = string.Join(", ", words.Select(word => JsonSerializer.Serialize(word, s_quoting)));
        return $"prefix_rule(pattern=[{pattern}], decision=\"allow\")";
    }

    /// <summary>Whether the agent runs the command without asking where a rule matches what it begins with.</summary>
    /// <param name="script">The command, as it was read.</param>
    public bool Admits(ShellScript script)
    {
        // A second part needs a rule of its own. What a program is told to run ("find -exec") is an argument like others to the agent.
        var parts = script.Segments.Where(segment => segment.Depth == 0).ToArray();
        return parts is [var only]
            && only.Redirections.All(redirection => !redirection.Writes || redirection.Target.Value == "/dev/null")
            && !script.Segments.Any(segment => segment.Origin == SegmentOrigin.Substitution)
            // "${x@P}" runs the substitutions in x; Claude Code and Gemini CLI both look for it.
            && !only.Text.Contains("@P}", StringComparison.Ordinal)
            && (!_plainWordsOnly || IsPlain(only));
    }

    // "timeout 60" and "env A=b" are plain words to the agent.
    private static bool IsPlain(ShellSegment segment) =>
        segment.Redirections.Count == 0
        && (segment.Assignments.Count == 0 || segment.Wrappers.Count > 0)
        && segment.Arguments.All(word => !word.HasExpansion && (word.IsQuoted || word.Value.AsSpan().IndexOfAny("*?[") < 0));
}
