namespace PatternAnalysis.Events;

/// <summary>How many events of a type a store holds.</summary>
/// <param name="EventType">The type.</param>
/// <param name="Count">How many.</param>
/// <param name="LastTicks">When the latest of them happened, in UTC ticks; null when its timestamp can't be read.</param>
public sealed record EventTypeCount(string EventType, long Count, long? LastTicks);
