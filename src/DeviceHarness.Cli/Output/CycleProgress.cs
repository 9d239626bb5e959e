using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Output;

/// <summary>Shows a cycle as it runs: a line per finished step and case; on a terminal a status line below them.</summary>
internal sealed class CycleProgress
{
    private readonly Dictionary<string, string> _titles = [];
    private readonly TimeProvider _time;
    private readonly long _started;
    private int _total;
    private int _done;
    private bool _hasStatus;

    /// <summary>Creates the display.</summary>
    public CycleProgress(TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>Shows one update.</summary>
    public void Show(CycleUpdate update)
    {
        switch (update.BodyCase)
        {
            case CycleUpdate.BodyOneofCase.Snapshot:
                ShowSnapshot(update.Snapshot);
                break;
            case CycleUpdate.BodyOneofCase.Step:
                ShowStep(update.Step);
                break;
            case CycleUpdate.BodyOneofCase.Execution:
                ShowExecution(update.Execution.Execution);
                break;
            case CycleUpdate.BodyOneofCase.Ended:
                ClearStatus();
                break;
            default:
                break;
        }
    }

    private void ShowSnapshot(CycleDetail detail)
    {
        foreach (ExecutionSummary execution in detail.Executions)
        {
            _titles[execution.CaseId] = execution.Title;
        }

        _total = detail.Executions.Count;
        _done = detail.Executions.Count(execution => execution.State == "finished");
        WriteLine($"cycle {detail.Cycle.Id}: {detail.Cycle.PackName} on {detail.Cycle.Rig}, {_total} cases, {_done} finished");
    }

    private void ShowStep(StepUpdate step)
    {
        if (step.BodyCase == StepUpdate.BodyOneofCase.Started)
        {
            WriteStatus($"{step.CaseId} step {step.Started.Index}: {step.Started.Name}");
            return;
        }

        StepFinished finished = step.Finished;
        string latency = finished.Latency is { } split ? $", SRV {finished.ServiceReferenceVariant} {Latency(split)}" : string.Empty;
        string codes = Codes(finished);
        WriteLine(
            $"  {step.CaseId} step {finished.Index} {ConsoleText.Coloured(Name(finished.Verdict), finished.Verdict)} {finished.Name}{codes} "
            + $"({ConsoleText.Of(finished.Elapsed.ToTimeSpan())}{latency}){Reason(finished.Reason)}");
    }

    private void ShowExecution(ExecutionSummary execution)
    {
        if (execution.State != "finished")
        {
            WriteStatus($"{execution.CaseId} {execution.Title}: {execution.State}");
            return;
        }

        _done++;
        WriteLine(
            $"[{_done}/{_total}] {ConsoleText.Coloured(Name(execution.Verdict), execution.Verdict)} {execution.CaseId} {execution.Title} "
            + $"({ConsoleText.Of(execution.Elapsed.ToTimeSpan())}, {execution.OctetsToDevice} octets to the device, {execution.OctetsFromDevice} from it)"
            + Reason(execution.Reason));
    }

    private static string Codes(StepFinished finished) => (finished.AcknowledgementCode, finished.ResponseCode) switch
    {
        ("", "") => string.Empty,
        (var acknowledgement, "") => $" {acknowledgement}",
        var (acknowledgement, response) => $" {acknowledgement} {response}",
    };

    private static string Latency(LatencySplit split) =>
        $"queue {ConsoleText.Of(split.Queue.ToTimeSpan())} host {ConsoleText.Of(split.Host.ToTimeSpan())} "
        + $"line {ConsoleText.Of(split.Line.ToTimeSpan())} device {ConsoleText.Of(split.Device.ToTimeSpan())}";

    private static string Name(Verdict verdict) => verdict.ToString();

    private static string Reason(string reason) => reason.Length == 0 ? string.Empty : $": {reason}";

    private void WriteLine(string text)
    {
        ClearStatus();
        Console.WriteLine(text);
    }

    private void WriteStatus(string text)
    {
        if (!ConsoleText.IsTerminal)
        {
            return;
        }

        ClearStatus();
        string line = $"{ConsoleText.Of(_time.GetElapsedTime(_started))} [{_done}/{_total}] {text}";
        int width = Math.Max(20, Console.WindowWidth - 1);
        Console.Write(line.Length > width ? line[..width] : line);
        _hasStatus = true;
    }

    private void ClearStatus()
    {
        if (_hasStatus)
        {
            Console.Write("\r\e[2K");
            _hasStatus = false;
        }
    }
}
