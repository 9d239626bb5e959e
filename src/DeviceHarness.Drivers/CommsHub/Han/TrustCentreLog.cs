using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Hub;

namespace DeviceHarness.Drivers.CommsHub.Han;

/// <summary>The device log of the hub that the harness is where its adapter is the trust centre: the devices of its network, and those that
/// may join it for a while.</summary>
/// <remarks>
/// A device that is added may join by its install code, with all others that may: the network has one window, opened anew as often as the
/// longest period needs it (254 s at most each time) and closed once all are in. Assumed, since no public text says it: a device that
/// did not join in its period is no longer in the log, and may be added anew. Who may join is not kept when the agent ends, the devices of
/// the network are. Safe for use from any thread.
/// </remarks>
public sealed class TrustCentreLog : IHanDeviceLog, IHanObserver, IDisposable
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromSeconds(254);
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Admission> _admitted = [];
    private HanNetwork? _network;
    private HanJoinWindow? _window;

    /// <summary>Makes a log of a network that is not there yet.</summary>
    /// <param name="time">The clock of the periods.</param>
    public TrustCentreLog(TimeProvider time) => _time = time;

    /// <summary>Is told of a device that was removed; null tells nobody.</summary>
    public Action<ulong>? Removed { get; init; }

    private HanNetwork Network => Volatile.Read(ref _network)
        ?? throw new LocalProtocolException("DRIV-004", "the device log has no network yet", "none", "device log");

    /// <summary>Names the network.</summary>
    /// <param name="network">The network; whoever made it disposes of it before the log.</param>
    public void Attach(HanNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        lock (_gate)
        {
            _admitted.Clear();
            _window = null;
        }

        Volatile.Write(ref _network, network);
        network.Observe(this);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<HanDeviceLogEntry>> ReadDevicesAsync(CancellationToken cancellationToken)
    {
        SortedDictionary<ulong, DateTimeOffset?> log = [];
        foreach (HanNetworkMember member in await Network.ListMembersAsync(cancellationToken).ConfigureAwait(false))
        {
            log[member.Eui64] = member.LastHeardAt;
        }

        foreach (Admission admission in Current())
        {
            log.TryAdd(admission.Candidate.Eui64, null);
        }

        return log.Count <= ReadDeviceLogRsp.MaxEntries
            ? [.. log.Select(entry => new HanDeviceLogEntry(new Eui64(entry.Key), entry.Value))]
            : throw HanFaults.LogTooLong($"{Network.Port}: its device log", log.Count, ReadDeviceLogRsp.MaxEntries);
    }

    /// <inheritdoc/>
    /// <exception cref="DeviceRefusedException">HAN-060: the log has it or has no room, the code is none, or another network in reach is
    /// open.</exception>
    public async ValueTask AddAsync(Eui64 device, HanDeviceJoin join, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(join);
        string what = $"{Network.Port}: to add {device} to the device log";
        byte[] octets = Convert.FromHexString(join.InstallCode);
        if (!InstallCode.Sizes.Contains((byte)octets.Length))
        {
            throw DeviceLogRefusal.Of(what, DeviceLogRefusal.WrongCode);
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            IReadOnlyList<HanDeviceLogEntry> log = await ReadDevicesAsync(cancellationToken).ConfigureAwait(false);
            if (log.Any(entry => entry.DeviceId == device))
            {
                throw DeviceLogRefusal.Of(what, DeviceLogRefusal.AlreadyThere);
            }

            if (log.Count == ReadDeviceLogRsp.MaxEntries)
            {
                throw DeviceLogRefusal.Of(what, DeviceLogRefusal.Full);
            }

            await AdmitAsync(device, InstallCode.Create(octets), join.PeriodSeconds, what, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="DeviceRefusedException">HAN-060: the log does not have it.</exception>
    public async ValueTask RemoveAsync(Eui64 device, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            IReadOnlyList<HanDeviceLogEntry> log = await ReadDevicesAsync(cancellationToken).ConfigureAwait(false);
            if (log.All(entry => entry.DeviceId != device))
            {
                throw DeviceLogRefusal.Of($"{Network.Port}: to remove {device} from the device log", DeviceLogRefusal.NotThere);
            }

            if (Withdraw(device.Value))
            {
                await OpenAsync(cancellationToken).ConfigureAwait(false);
            }

            await Network.ForgetAsync(device.Value, cancellationToken).ConfigureAwait(false);
            Removed?.Invoke(device.Value);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Told(HanEvent told)
    {
        bool isChanged = told switch
        {
            HanNodeJoined { IsRejoin: false } joined => !Network.AgreesOnKeys && IsLast(joined.Eui64),
            HanKeyEstablishment { Failure: EstablishmentFailure.None } agreed => IsLast(agreed.Eui64),
            HanJoiningClosed => HasLapsed(),
            _ => false,
        };
        if (isChanged)
        {
            // Where too much is under way the window ends by itself; what else may join has to be added anew.
            _ = Network.TryBeside(RenewAsync);
        }
    }

    /// <summary>Ends the log, whose network has ended.</summary>
    public void Dispose() => _one.Dispose();

    private async Task AdmitAsync(Eui64 device, InstallCode code, int seconds, string what, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _admitted[device.Value] = new(new HanCandidate(device.Value, code), _time.GetUtcNow() + TimeSpan.FromSeconds(seconds));
        }

        try
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LocalProtocolException open) when (open.Code == HanFaults.OtherWindowOpen)
        {
            Withdraw(device.Value);
            throw DeviceLogRefusal.Of($"{what} ({open.Message})", DeviceLogRefusal.OtherNetworkOpen);
        }
        catch (HarnessException)
        {
            Withdraw(device.Value);
            throw;
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Opens the network for those who may join now, and for nobody else; closes it when there are none.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        HanJoinWindow? former;
        lock (_gate)
        {
            (former, _window) = (_window, null);
        }

        if (former is not null)
        {
            await former.CloseAsync(cancellationToken).ConfigureAwait(false);
        }

        Admission[] current = Current();
        if (current.Length == 0)
        {
            return;
        }

        TimeSpan left = current.Max(admission => admission.Until) - _time.GetUtcNow();
        HanJoinWindow window = await Network.PermitAsync(
            [.. current.Select(admission => admission.Candidate)],
            left < ShortestWindow ? ShortestWindow : left > LongestWindow ? LongestWindow : left, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _window = window;
        }
    }

    /// <summary>Who may join now; who did not in time is forgotten.</summary>
    private Admission[] Current()
    {
        lock (_gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            foreach (ulong late in _admitted.Where(entry => entry.Value.Until <= now).Select(entry => entry.Key).ToArray())
            {
                _admitted.Remove(late);
            }

            return [.. _admitted.Values];
        }
    }

    private bool Withdraw(ulong device)
    {
        lock (_gate)
        {
            return _admitted.Remove(device);
        }
    }

    /// <summary>A device is in, with its link key where one is agreed on: whether nobody else may join. The others go on with the window,
    /// since an adapter that has just sent the network key to this one is better left alone with its keys.</summary>
    private bool IsLast(ulong device)
    {
        lock (_gate)
        {
            return _admitted.Remove(device) && _admitted.Count == 0;
        }
    }

    /// <summary>Whether the window ended by its own time, and not by ours, while somebody still may join.</summary>
    private bool HasLapsed()
    {
        lock (_gate)
        {
            return _window is not null && _admitted.Count > 0;
        }
    }

    private sealed record Admission(HanCandidate Candidate, DateTimeOffset Until);
}
