namespace PatternAnalysis.Panel.Tests.Support;

/// <summary>A clock that stands still until tests set it ahead.</summary>
internal sealed class MovableTime : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan ahead) => _now += ahead;
}
