using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;

namespace DeviceHarness.Drivers.Han.Upgrades;

/// <summary>The upgrade server of a home area network: gives the blocks that devices ask for, and tells who waits for it how far they
/// are.</summary>
/// <remarks>
/// Spec: ZigBee OTA Upgrade cluster 0x0019, server, as this harness's ZigBee guide 9 sums it up. What is answered to a message is the pure
/// <see cref="OtaServer"/>'s; here are the clock, the network, and one gate around it. It is given to the network as a server, and bound to
/// it once the network is made. Safe for any number of callers.
/// </remarks>
public sealed class HanUpgrades : IHanServer, IAsyncDisposable
{
    private readonly TimeProvider _timeProvider;
    private readonly OtaServer _server;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly HanTasks _tasks;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, byte> _endpoints = [];
    private readonly Dictionary<ulong, Action<HanUpgradeProgress>> _watchers = [];
    private HanNetwork? _network;
    private bool _isDisposed;

    /// <summary>Makes a server without an image.</summary>
    /// <param name="settings">Limits and times; the moment of its beginning is taken from <paramref name="calendar"/>.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="calendar">The clock that devices are told.</param>
    public HanUpgrades(OtaServerSettings settings, TimeProvider timeProvider, TimeProvider? calendar = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
        Settings = settings;
        _server = new OtaServer(settings with { TimeAtOrigin = (calendar ?? timeProvider).GetUtcNow() });
        _tasks = new HanTasks(settings.MaximumDownloads);
        _origin = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Limits and times.</summary>
    public OtaServerSettings Settings { get; }

    /// <inheritdoc/>
    public ushort Cluster => ClusterCatalogue.OtaUpgrade.Id;

    /// <summary>How many blocks of pages did not reach their device; it asks for them again.</summary>
    public long LostBlocks { get; private set; }

    private TimeSpan Now => _timeProvider.GetElapsedTime(_origin);

    /// <summary>Says through which network it sends what answers no message: notices, and the rest of a page.</summary>
    /// <param name="network">The network that it was given to.</param>
    public void Bind(HanNetwork network) => _network = network;

    /// <summary>Adds an image; it takes the place of one of the same name.</summary>
    /// <param name="offer">The image, and for whom.</param>
    public void Offer(OtaOffer offer)
    {
        lock (_gate)
        {
            _server.Offer(offer);
        }
    }

    /// <summary>Takes an image away: a device that goes on with it is told that its download is over.</summary>
    /// <param name="image">The image.</param>
    public void Withdraw(OtaImageId image)
    {
        lock (_gate)
        {
            _server.Withdraw(image);
        }
    }

    /// <summary>The image that a device has confirmed and waits to be told to run; null when there is none.</summary>
    /// <param name="client">The device.</param>
    public OtaOffer? Held(ulong client)
    {
        lock (_gate)
        {
            OtaDownload? confirmed = _server.Downloads.FirstOrDefault(
                download => download.Client == client && download.Phase is (OtaPhase.Waiting or OtaPhase.CountingDown));
            return confirmed is not null ? _server.Offers.FirstOrDefault(offer => offer.Image == confirmed.Image) : null;
        }
    }

    /// <summary>Is told of each message of a device, and of its silence, until disposed of. One watches a device at a time.</summary>
    /// <param name="client">The device.</param>
    /// <param name="told">Is told, by the network's loop: returns at once and throws nothing.</param>
    /// <exception cref="LocalProtocolException">HAN-050: somebody else brings an image to the device.</exception>
    public IDisposable Watch(ulong client, Action<HanUpgradeProgress> told)
    {
        lock (_gate)
        {
            return _watchers.TryAdd(client, told)
                ? new Watching(this, client)
                : throw new LocalProtocolException(
                    "HAN-050", $"{client:X16}: another upgrade is under way", "Upgrading", "firmware");
        }
    }

    /// <summary>Tells a device that there is an image; one that sleeps hears it at its next wake.</summary>
    /// <param name="target">The device, and the endpoint of its OTA Upgrade client.</param>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HarnessException">The notice did not reach the device.</exception>
    public Task NotifyAsync(HanTarget target, OtaImageId image, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _endpoints[target.Eui64] = target.Endpoint;
        }

        return SendAsync(target, OtaCommand.ImageNotify, OtaNotify.Encode(OtaNotifyKind.Version, image), cancellationToken);
    }

    /// <summary>Tells a device that confirmed an image when to run it.</summary>
    /// <param name="client">The device.</param>
    /// <param name="activation">When: at once, at a moment, or not before it is told again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The device has confirmed no image to this server.</exception>
    /// <exception cref="HarnessException">The message did not reach the device.</exception>
    public Task ActivateAsync(ulong client, OtaActivation activation, CancellationToken cancellationToken)
    {
        OtaAnswer answer;
        byte endpoint;
        lock (_gate)
        {
            answer = _server.Activate(client, activation, Now);
            endpoint = _endpoints[client];
        }

        return SendAsync(new HanTarget(client, endpoint), OtaCommand.UpgradeEndResponse, answer.Payload, cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Take(HanMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ZclHeader header = message.Header;
        if (header is not { Type: ZclFrameType.Cluster, From: ZclSide.Client, ManufacturerCode: null } || message.Eui64 is not { } client)
        {
            return null;
        }

        lock (_gate)
        {
            _endpoints[client] = message.SourceEndpoint;
            OtaStep step = _server.Receive(client, (OtaCommand)header.Command, message.Payload.Span, Now);
            Publish(step);
            return step.Answer is { } answer ? [Frame(Answering(header, answer), answer.Payload)] : [];
        }
    }

    /// <summary>Ends the server; what is under way ends with it.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
        await _tasks.DisposeAsync().ConfigureAwait(false);
    }

    private static ZclHeader Answering(ZclHeader request, in OtaAnswer answer) => answer.Command is { } command
        ? request.Answer(ZclFrameType.Cluster, (byte)command)
        : request.Answer(ZclFrameType.Global, (byte)GlobalCommand.DefaultResponse);

    private static ReadOnlyMemory<byte> Frame(ZclHeader header, ReadOnlyMemory<byte> payload)
    {
        byte[] frame = new byte[ZclHeader.MaximumOctets + payload.Length];
        ZclFrame.Encode(new(header, payload.Span), frame, out int written);
        return frame.AsMemory(0, written);
    }

    private void Tick()
    {
        lock (_gate)
        {
            TimeSpan? next = TimeSpan.Zero;
            while (!_isDisposed && next <= Now)
            {
                // One block or one silence a tick: there may be more that are due.
                OtaStep step = _server.Tick(Now);
                if (step.Answer is { Command: { } command } answer)
                {
                    HanTarget target = new(answer.Client, _endpoints[answer.Client]);
                    LostBlocks += _tasks.TryRun(cancellationToken => GiveAsync(target, command, answer.Payload, cancellationToken)) ? 0 : 1;
                }

                next = Publish(step);
            }
        }
    }

    /// <summary>Sends a block of a page. One that is lost is asked for again by the device, which knows what it lacks.</summary>
    private async Task GiveAsync(
        HanTarget target, OtaCommand command, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(target, command, payload, cancellationToken).ConfigureAwait(false);
        }
        catch (HarnessException)
        {
            lock (_gate)
            {
                LostBlocks++;
            }
        }
    }

    /// <summary>Tells what a step led to, and sets the timer; under the gate.</summary>
    private TimeSpan? Publish(in OtaStep step)
    {
        if (step.NextTick is { } due)
        {
            TimeSpan left = due - Now;
            _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        if (step.Event != OtaEvent.None && _watchers.TryGetValue(step.Client, out Action<HanUpgradeProgress>? told))
        {
            ulong client = step.Client;
            OtaDownload? download = _server.Downloads.FirstOrDefault(known => known.Client == client);
            told(new(step.Event, download?.Image, download?.ReachedOctets ?? 0, download?.TotalOctets ?? 0, download?.ClientStatus));
        }

        return step.NextTick;
    }

    private Task SendAsync(HanTarget target, OtaCommand command, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        (_network ?? throw new InvalidOperationException("the server was not bound to its network")).Zcl.SendAsync(
            new ZclRequest
            {
                Target = target,
                Cluster = Cluster,
                Type = ZclFrameType.Cluster,
                From = ZclSide.Server,
                Command = (byte)command,
                Payload = payload,
                DisableDefaultResponse = true,
                IsRepeatable = true,
            },
            cancellationToken);

    private sealed class Watching(HanUpgrades server, ulong client) : IDisposable
    {
        public void Dispose()
        {
            lock (server._gate)
            {
                server._watchers.Remove(client);
            }
        }
    }
}
