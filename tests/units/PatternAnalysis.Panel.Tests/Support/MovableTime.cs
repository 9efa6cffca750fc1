namespace PatternAnalysis.Panel.Tests.Support;

/// <summary>A clock that tests set ahead.</summary>
internal sealed class MovableTime : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Move(TimeSpan ahead) => _ahead += ahead;
}
