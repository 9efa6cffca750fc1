using System.Text;

namespace PatternAnalysis.Scheduling;

/// <summary>
/// Windows Task Scheduler, through <c>schtasks</c>. A run that was missed because the machine was off is made up for as soon as it can.
/// </summary>
internal sealed class WindowsTaskScheduler : IScheduler
{
    private const string Program = "schtasks";

    public string Describe(AnalysisTask task) => TaskSchedulerXml.Write(task).ToString();

    public void Register(AnalysisTask task)
    {
        var file = Path.GetTempFileName();
        try
        {
            var xml = TaskSchedulerXml.Write(task);
            File.WriteAllText(file, $"{xml.Declaration}\r\n{xml}", Encoding.Unicode);
            NativeCommand.Require(Program, ["/Create", "/TN", TaskSchedulerXml.Folder + task.Name, "/XML", file, "/F"]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public IReadOnlyList<ScheduledAnalysis> Find() => TaskSchedulerXml.Read(NativeCommand.Require(Program, ["/Query", "/XML", "ONE"]));

    public bool Unregister(string name)
    {
        if (Find().All(task => !task.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            return false;
        NativeCommand.Require(Program, ["/Delete", "/TN", TaskSchedulerXml.Folder + name, "/F"]);
        return true;
    }

    public void Start(ScheduledAnalysis task) => NativeCommand.Require(Program, ["/Run", "/TN", TaskSchedulerXml.Folder + task.Name]);
}
