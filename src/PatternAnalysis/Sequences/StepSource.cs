namespace PatternAnalysis.Sequences;

/// <summary>Whose step an event is, as it is stored: empty for what the event does not say.</summary>
/// <param name="Session">The session, as the event has it.</param>
/// <param name="Application">The application that sent the event, as the event has it.</param>
/// <param name="Agent">The sub-agent, masked.</param>
/// <param name="Prompt">The user's prompt that it serves, masked.</param>
internal sealed record StepSource(string Session, string Application, string Agent, string Prompt);
