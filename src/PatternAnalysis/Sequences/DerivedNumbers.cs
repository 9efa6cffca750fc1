using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;

namespace PatternAnalysis.Sequences;

/// <summary>What derived steps stand for in one part, each looked up once.</summary>
internal sealed class DerivedNumbers
{
    private readonly EventPart _part;
    private readonly CaseKind _case;
    private readonly KnownType[] _types;
    private readonly Dictionary<long, KnownSource> _sources = [];
    private readonly Dictionary<long, int> _facts = [];
    private readonly Dictionary<long, int> _verdicts = new() { [0] = VerdictTable.Safe };

    public DerivedNumbers(EventPart part, EventQuery query, ActivityOptions options)
    {
        _part = part;
        _case = options.Case;
        _types = [default, .. HookEventType.All.Select(type => KnownType.Of(type, query.EventTypes.Contains(type)))];
        Rules = CanTake(query, options) ? new StepRules(options.Rules) : null;
    }

    /// <summary>Whether a query can take derived steps.</summary>
    /// <remarks>Bare tool names are not masked facts; calls that are joined while they are read need the order of reading.</remarks>
    public static bool CanTake(EventQuery query, ActivityOptions options) =>
        options.Model != ActivityModel.Tool
        && !CallJoiner.Needed(query.EventTypes)
        && query.EventTypes.All(type => HookEventType.All.Contains(type));

    /// <summary>The rules that steps must have been derived by; null when the query needs the events themselves.</summary>
    public StepRules? Rules { get; }

    /// <summary>What the number of an event's type means.</summary>
    public ref readonly KnownType Type(int number) => ref _types[number];

    /// <summary>What a source is to the part; valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ref readonly KnownSource Source(long id, IDerivedTexts texts)
    {
        ref var source = ref CollectionsMarshal.GetValueRefOrAddDefault(_sources, id, out var isKnown);
        if (!isKnown)
            source = Find(texts.SourceOf(id));
        return ref source;
    }

    /// <summary>The numbers of what a step does; null when that is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public StepNumbers? Numbers(long factsId, long verdictId, IDerivedTexts texts)
    {
        ref var facts = ref CollectionsMarshal.GetValueRefOrAddDefault(_facts, factsId, out var isKnown);
        if (!isKnown)
            facts = _part.NumberMasked(texts.FactsOf(factsId));
        if (facts < 0)
            return null;
        if (verdictId == 0)
            return new StepNumbers(facts, VerdictTable.Safe);
        if (!_verdicts.TryGetValue(verdictId, out var verdict))
            _verdicts.Add(verdictId, verdict = _part.Verdicts.Add(texts.VerdictOf(verdictId)));
        return new StepNumbers(facts, verdict);
    }

    private KnownSource Find(StepSource source)
    {
        var isOther = _part.IsOther(Encoding.UTF8.GetBytes(source.Application));
        var skipsOthers = !_part.CountsOthers;
        if ((isOther && skipsOthers) || source.Session.Length == 0)
            return new KnownSource(-1, -1, isOther, isOther && skipsOthers, HasPrompt: false);

        var number = _part.AddSource(Encoding.UTF8.GetBytes(source.Session), Encoding.UTF8.GetBytes(source.Agent), isOther);
        var hasPrompt = source.Prompt.Length > 0;
        return new KnownSource(
            number,
            hasPrompt && _case == CaseKind.Prompt ? _part.Prompts.Add(source.Prompt) : -1,
            isOther,
            skipsOthers && _part.Others.Contains(number),
            hasPrompt
        );
    }

    /// <summary>What a source is to a part.</summary>
    /// <param name="Number">Its number; negative when events of it name no session.</param>
    /// <param name="Prompt">The number of its prompt; negative when that has no say.</param>
    /// <param name="IsOther">Whether its application was not asked for.</param>
    /// <param name="IsSkipped">Whether its events count for nothing.</param>
    /// <param name="HasPrompt">Whether its events name a prompt.</param>
    internal readonly record struct KnownSource(int Number, int Prompt, bool IsOther, bool IsSkipped, bool HasPrompt);

    /// <summary>What a type of events is to a part.</summary>
    internal readonly record struct KnownType(byte[] Name, bool IsStep, CallOutcome Outcome, NotMade NotMade)
    {
        public static KnownType Of(string type, bool isStep)
        {
            var name = Encoding.UTF8.GetBytes(type);
            return new KnownType(name, isStep, CallEnd.OutcomeOf(name), CallsNotMade.WhyOf(name));
        }
    }
}
