using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatternAnalysis.Storage.Import;

namespace PatternAnalysis.Commands;

/// <summary>Completes the names of formats.</summary>
internal sealed class FormatNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) =>
        FileImport
            .FormatNames.Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name));
}
