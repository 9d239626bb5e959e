using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Output;

/// <summary>Shows a cycle as it runs: a line per finished step and case; on a terminal a status line below them.</summary>
internal sealed class CycleProgress
{
    private const int LongTransferBlocks = 20;
    private const int Quarters = 4;

    private readonly HashSet<string> _finished = [];
    private readonly Dictionary<string, int> _quarters = [];
    private readonly TimeProvider _time;
    private readonly long _started;
    private string _ownRig = string.Empty;
    private int _total;
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
            case CycleUpdate.BodyOneofCase.Progress:
                ShowProgress(update.Progress);
                break;
            case CycleUpdate.BodyOneofCase.Ended:
                ClearStatus();
                break;
            default:
                break;
        }
    }

    /// <summary>Says something beside the cycle's own results.</summary>
    public void Tell(string text)
    {
        ClearStatus();
        Console.Error.WriteLine(text);
    }

    private string Rig(ExecutionSummary execution) =>
        execution.Rig.Length > 0 && execution.Rig != _ownRig ? $"on {execution.Rig}, " : string.Empty;

    private void ShowSnapshot(CycleDetail detail)
    {
        _ownRig = detail.Cycle.Rig;
        bool isFirst = _total == 0;
        _total = detail.Executions.Count;
        if (isFirst)
        {
            int finished = detail.Executions.Count(execution => execution.State == "finished");
            WriteLine($"cycle {detail.Cycle.Id}: {detail.Cycle.PackName} on {detail.Cycle.Rig}, {_total} cases, {finished} finished");
        }

        foreach (ExecutionSummary execution in detail.Executions)
        {
            ShowExecution(execution);
        }
    }

    private void ShowStep(StepUpdate step)
    {
        if (step.BodyCase == StepUpdate.BodyOneofCase.Started)
        {
            WriteStatus($"{step.CaseId} step {step.Started.Index}: {step.Started.Name}");
            return;
        }

        if (step.BodyCase == StepUpdate.BodyOneofCase.Alert)
        {
            WriteLine($"  {step.CaseId} {Text(step.Alert)}");
            return;
        }

        StepFinished finished = step.Finished;
        string latency = finished.Latency is { Exchanges: > 0 } split
            ? $", SRV {finished.ServiceReferenceVariant} {Latency(split)}"
            : string.Empty;
        string codes = Codes(finished);
        WriteLine(
            $"  {step.CaseId} step {finished.Index} "
            + $"{ConsoleText.Coloured(Name(finished.Verdict), finished.Verdict)} {finished.Name}{codes} "
            + $"({ConsoleText.Of(finished.Elapsed.ToTimeSpan())}{latency}){Reason(finished.Reason)}");
    }

    /// <summary>Where a long request stands: on a terminal as the status, elsewhere a line for each quarter of a long transfer.</summary>
    private void ShowProgress(ProgressUpdate update)
    {
        FirmwareProgress firmware = update.Firmware;
        string text = $"{update.CaseId} {firmware.Device} {Text(firmware)}";
        WriteStatus(text);
        int quarter = firmware.Blocks < LongTransferBlocks ? 0 : firmware.BlocksDone * Quarters / firmware.Blocks;
        bool isNew = firmware.Stage == FirmwareStage.Transferring && quarter > 0
            && _quarters.GetValueOrDefault(update.ExecutionId) != quarter;
        _quarters[update.ExecutionId] = quarter;
        if (isNew && !ConsoleText.IsTerminal)
        {
            WriteLine($"  {text}");
        }
    }

    private static string Text(AlertReceived alert)
    {
        string code = alert.Code.Length == 0 ? "notification" : $"alert {alert.Code}";
        string earlier = alert.Earlier ? ", before this case" : string.Empty;
        string again = alert.Duplicate ? ", told again" : string.Empty;
        return $"{code} from {alert.Device}: {alert.Meaning}{earlier}{again}";
    }

    private static string Text(FirmwareProgress firmware) => firmware.Stage switch
    {
        FirmwareStage.Transferring =>
            $"block {firmware.BlocksDone} of {firmware.Blocks} ({firmware.BlocksDone * 100L / Math.Max(1, firmware.Blocks)} %)",
        FirmwareStage.Recovering => $"interrupted after block {firmware.BlocksDone} of {firmware.Blocks}: looks for the device",
        FirmwareStage.Verifying => $"verifies {firmware.Blocks} blocks",
        FirmwareStage.Activating => "activates the image",
        _ => "at work",
    };

    private void ShowExecution(ExecutionSummary execution)
    {
        if (execution.State is "queued")
        {
            return;
        }

        if (execution.State != "finished")
        {
            WriteStatus($"{execution.CaseId} {execution.Title}: {execution.State}");
            return;
        }

        // A snapshot and an update may both tell of the same end.
        if (!_finished.Add(execution.Id))
        {
            return;
        }

        WriteLine(
            $"[{_finished.Count}/{_total}] "
            + $"{ConsoleText.Coloured(Name(execution.Verdict), execution.Verdict)} {execution.CaseId} {execution.Title} "
            + $"({Rig(execution)}{ConsoleText.Of(execution.Elapsed.ToTimeSpan())}, {execution.OctetsToDevice} octets to the device, "
            + $"{execution.OctetsFromDevice} from it)"
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
        string line = $"{ConsoleText.Of(_time.GetElapsedTime(_started))} [{_finished.Count}/{_total}] {text}";
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
