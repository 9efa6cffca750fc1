using System.Buffers;
using System.Text;

namespace PatternAnalysis.Workflows;

/// <summary>
/// Splits a command at spaces that are outside quotes; the words keep their quotes, so that put together they are the command again.
/// </summary>
internal static class CommandWords
{
    private static readonly SearchValues<char> s_operators = SearchValues.Create("|&;<>()`");

    public static IReadOnlyList<string> Split(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < command.Length; i++)
        {
            var character = command[i];
            if (character == '\\' && quote != '\'' && i + 1 < command.Length)
            {
                word.Append(character).Append(command[++i]);
            }
            else if (quote == '\0' && (character is ' ' or '\t'))
            {
                if (word.Length > 0)
                    words.Add(word.ToString());
                word.Clear();
            }
            else
            {
                if (quote == character)
                    quote = '\0';
                else if (quote == '\0' && (character is '"' or '\''))
                    quote = character;
                word.Append(character);
            }
        }

        if (word.Length > 0 || words.Count == 0)
            words.Add(word.ToString());
        return words;
    }

    /// <summary>Whether a word joins or redirects commands; such a word is never a value.</summary>
    public static bool IsOperator(string word) =>
        word.Length > 0 && word[0] is not ('"' or '\'') && word.AsSpan().ContainsAny(s_operators)
        || word is "{" or "}" or "!" or "then" or "do" or "done" or "fi";
}
