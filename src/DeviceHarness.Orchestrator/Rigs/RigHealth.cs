using System.Globalization;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Whether a rig may be given work, by its answers to health checks.</summary>
/// <remarks>A check opens ports and sends nothing to a device, unless the rig is in quarantine (<see cref="BenchWatch"/>), so a sick rig
/// says nothing about a device: its executions stay queued. Every member but <see cref="State"/> is used under the gate of the rig's
/// desk; <see cref="State"/> from any thread.</remarks>
internal sealed class RigHealth(string rig, RigDeskServices services)
{
    /// <summary>How long a report holds; a lease after that time waits for a new one.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(60);

    /// <summary>How long a rig may take to report before it is sick.</summary>
    public static readonly TimeSpan ReportTime = TimeSpan.FromSeconds(10);

    /// <summary>How often a sick rig is asked again; the sweep makes it a little more.</summary>
    public static readonly TimeSpan RecheckInterval = TimeSpan.FromSeconds(2);

    /// <summary>How long a rig may take that asks its devices; a battery meter is asked when it wakes.</summary>
    public static readonly TimeSpan DeviceReportTime = TimeSpan.FromSeconds(90);

    /// <summary>How often the devices of a sick rig are asked again.</summary>
    public static readonly TimeSpan DeviceRecheckInterval = TimeSpan.FromSeconds(30);

    private RigHealthState _state = RigHealthState.Unknown;
    private long _checks;
    private long _asked;
    private long _reported;
    private bool _isAwaited;
    private IReadOnlyList<string>? _devices;

    /// <summary>What is known of the rig.</summary>
    public RigHealthState State => Volatile.Read(ref _state);

    /// <summary>A rig connected: nothing is known of it, and it is asked.</summary>
    public void Begin(RigSession session)
    {
        Forget();
        Ask(session);
    }

    /// <summary>The rig went away: nothing is known of it.</summary>
    public void Forget()
    {
        _isAwaited = false;
        _devices = null;
        Volatile.Write(ref _state, RigHealthState.Unknown);
    }

    /// <summary>What is known is in doubt: the rig is asked, and no lease goes out before it reported.</summary>
    public void Doubt(RigSession session)
    {
        Volatile.Write(ref _state, RigHealthState.Unknown);
        Ask(session);
    }

    /// <summary>Devices are asked for a sign of life with every check from now on, at once for the first time.</summary>
    /// <param name="devices">Their names; empty: all.</param>
    /// <param name="session">The rig's connection.</param>
    public void Require(IReadOnlyList<string> devices, RigSession session)
    {
        _devices = devices;
        Doubt(session);
    }

    /// <summary>Ports are all that is looked at from now on.</summary>
    public void AskNoDevice() => _devices = null;

    /// <summary>Whether a lease may go out now; when what is known is too old for that, the rig is asked.</summary>
    public bool IsFit(RigSession session)
    {
        if (State.Fitness == RigFitness.Healthy && services.Options.Time.GetElapsedTime(_reported) < FreshFor)
        {
            return true;
        }

        AskWhenDue(session);
        return false;
    }

    /// <summary>Looks after what only time changes: a report that did not come, and a sick rig that is to be asked again.</summary>
    public void Sweep(RigSession session)
    {
        if (_isAwaited && services.Options.Time.GetElapsedTime(_asked) >= Patience)
        {
            _isAwaited = false;
            Become(new RigHealthState(
                RigFitness.Sick, $"no health report in {Patience.TotalSeconds} s; an agent of an older version sends none"));
        }

        if (State.Fitness == RigFitness.Sick)
        {
            AskWhenDue(session);
        }
    }

    /// <summary>The rig reported. A report that comes late counts; one that answers an older check does not.</summary>
    /// <returns>Whether it was taken.</returns>
    public bool TryTake(V1.HealthReport report)
    {
        if (report.CheckId != _checks.ToString(CultureInfo.InvariantCulture))
        {
            return false;
        }

        _isAwaited = false;
        _reported = services.Options.Time.GetTimestamp();
        List<string> faults = [.. report.Devices.Where(device => !device.PortOpen).Select(device => $"{device.Device}: {device.Detail}")];
        faults.AddRange(report.Devices.Where(device => device.Silence.Length > 0).Select(device => $"{device.Device}: {device.Silence}"));
        if (report.Fault.Length > 0)
        {
            faults.Insert(0, report.Fault);
        }

        Become(faults.Count == 0 ? RigHealthState.Healthy : new RigHealthState(RigFitness.Sick, string.Join("; ", faults)));
        return true;
    }

    private TimeSpan Patience => _devices is null ? ReportTime : DeviceReportTime;

    private TimeSpan Interval => _devices is null ? RecheckInterval : DeviceRecheckInterval;

    private void AskWhenDue(RigSession session)
    {
        bool isDue = State.Fitness != RigFitness.Sick || services.Options.Time.GetElapsedTime(_asked) >= Interval;
        if (!_isAwaited && isDue)
        {
            Ask(session);
        }
    }

    private void Ask(RigSession session)
    {
        _checks++;
        _asked = services.Options.Time.GetTimestamp();
        _isAwaited = true;
        V1.HealthCheck check = new() { CheckId = _checks.ToString(CultureInfo.InvariantCulture), Asks = _devices is not null };
        check.Devices.AddRange(_devices ?? []);
        session.TrySend(new V1.OrchestratorMessage { HealthCheck = check });
    }

    private void Become(RigHealthState state)
    {
        if (state == State)
        {
            return;
        }

        Volatile.Write(ref _state, state);
        if (state.Fitness == RigFitness.Sick)
        {
            OrchestratorLog.RigSick(services.Logger, rig, state.Reason);
        }
        else
        {
            OrchestratorLog.RigHealthy(services.Logger, rig);
        }
    }
}
