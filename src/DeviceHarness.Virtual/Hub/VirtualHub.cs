using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Links;
using DeviceHarness.Virtual.Supply;

namespace DeviceHarness.Virtual.Hub;

/// <summary>A virtual comms hub at its service port: link, application and the inside of the hub, fed by the supply of a meter.</summary>
/// <remarks>Safe for use from any thread. One pump at a time; stopping and starting it again loses the link and nothing else. Its home area
/// network is a log only: nothing joins it by itself.</remarks>
public sealed class VirtualHub : ILineDevice
{
    private readonly Lock _gate = new();
    private readonly HubState _hub;
    private readonly IServerLink _link;
    private readonly TimeProvider? _linkTime;
    private readonly long _linkStart;
    private DateTimeOffset _linkLostAt;

    /// <summary>Switches a hub on.</summary>
    /// <param name="name">Its name in the rig file, for the command log.</param>
    /// <param name="model">What it is.</param>
    /// <param name="supply">What feeds it, such as <see cref="VirtualEsme.HubSupply"/>.</param>
    /// <param name="timeProvider">What makes its time run; the same as of what feeds it.</param>
    /// <param name="log">Keeps what clients make it do; null keeps nothing.</param>
    /// <param name="flash">What it keeps without power; null for a hub that was never on and forgets with the process.</param>
    /// <param name="random">Where challenges come from; null for the platform's cryptographic source.</param>
    /// <param name="linkTime">What measures the time-outs of its link, where its own time runs otherwise; null for the same.</param>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public VirtualHub(
        string name, HubModel model, SupplyFeed supply, TimeProvider timeProvider, ICommandLog? log = null, IMeterFlash? flash = null,
        RandomOctets? random = null, TimeProvider? linkTime = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Name = name;
        _linkTime = linkTime;
        _linkStart = linkTime?.GetTimestamp() ?? 0;
        _hub = new HubState(model, supply, timeProvider, flash);
        CosemServer server = new(
            name, _hub, association => new HubObjects(_hub, association), log ?? NoCommandLog.Instance, random);
        ServerLinkOptions options = model.Link with { MaximumApduOctets = model.PduOctets };
        _link = options.IsOverTcp ? new WrapperServerLink(options, server) : new HdlcServerLink(options, server);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The defects that are planted; may be changed at any time. Only those of <see cref="HubModel.DefectNames"/> show.</summary>
    public EsmeDefects Defects
    {
        get => _hub.Defects;
        set => _hub.Defects = value;
    }

    /// <summary>Whether the hub has its supply and runs.</summary>
    public bool IsRunning => Look(hub => hub.Power.IsRunning);

    /// <summary>The alerts that wait, oldest first.</summary>
    public IReadOnlyList<HubAlert> Alerts => Look<IReadOnlyList<HubAlert>>(hub => [.. hub.Alerts]);

    /// <summary>The devices in the log of its home area network.</summary>
    public IReadOnlyList<HanDevice> Devices => Look<IReadOnlyList<HanDevice>>(hub => [.. hub.Devices]);

    /// <summary>The version that a device of its home area network runs.</summary>
    /// <param name="identifier">Its EUI-64, the first octet in the highest eight bits.</param>
    /// <returns>The version; null for a device that takes no firmware through the hub.</returns>
    public string? FirmwareOf(ulong identifier) =>
        Look(hub => hub.Images.FirstOrDefault(image => image.Device.Identifier == identifier)?.Version);

    /// <summary>Whether it is on the wide area network.</summary>
    public bool IsOnWan => Look(hub => hub.Power.IsRunning && hub.Wan.IsRegistered);

    /// <inheritdoc/>
    public LineSetting? Line => Look(_ => _link.Line);

    /// <inheritdoc/>
    public bool IsConnectionOver => Look(hub => _link.IsLost || !hub.Power.IsRunning);

    /// <inheritdoc/>
    public TimeSpan TimeToNextStep
    {
        get
        {
            lock (_gate)
            {
                return LinePump.TimeTo(_hub.Power.IsRunning ? _link.NextTick : null, LinkElapsed);
            }
        }
    }

    /// <summary>A device of the home area network speaks.</summary>
    /// <param name="identifier">Its EUI-64, the first octet in the highest eight bits.</param>
    /// <param name="linkQuality">The quality of its sub-GHz link; null on 2.4 GHz.</param>
    /// <returns>Whether the hub runs and has the device in its log; another is not heard.</returns>
    public bool Hear(ulong identifier, sbyte? linkQuality = null) => Look(hub => hub.Power.IsRunning && hub.Hear(identifier, linkQuality));

    /// <inheritdoc/>
    public void ResetLink()
    {
        lock (_gate)
        {
            _link.Reset();
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Step(ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            _hub.Settle();
            if (!_hub.Power.IsRunning || _hub.Power.OutageSince != _linkLostAt)
            {
                // The link does not outlive a loss of the supply, not even one that nobody noticed while it lasted.
                _linkLostAt = _hub.Power.OutageSince;
                _link.Reset();
            }

            return !_hub.Power.IsRunning ? ReadOnlyMemory<byte>.Empty
                : octets.IsEmpty ? _link.Tick(LinkElapsed)
                : _link.Receive(octets, LinkElapsed);
        }
    }

    /// <inheritdoc/>
    public Task RunAsync(VirtualLine line, CancellationToken cancellationToken) => LinePump.RunAsync(this, line, cancellationToken);

    private TimeSpan LinkElapsed => _linkTime?.GetElapsedTime(_linkStart) ?? _hub.Clock.Elapsed;

    private T Look<T>(Func<HubState, T> look)
    {
        lock (_gate)
        {
            _hub.Settle();
            return look(_hub);
        }
    }
}
