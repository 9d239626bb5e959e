using System.Threading.Channels;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Drivers.Han.Upgrades;

/// <summary>Brings firmware to a device over the air.</summary>
/// <remarks>
/// Spec: ZigBee OTA Upgrade cluster, as this harness's ZigBee guide 9 sums it up. The device drives the pace: it is told that there is an
/// image, asks for each block, and confirms the image once it has verified it. It is offered to this device alone, an older version too:
/// a request that names it means it. A device that was cut off goes on where it was by itself. It runs the image when it is told to.
/// </remarks>
public sealed class HanFirmware : IFirmwareStore
{
    private const ushort CurrentFileVersion = 0x0002;
    private const int Reports = 20;

    private readonly HanFirmwareOptions _options;
    private (FirmwareImage Image, OtaOffer Offer)? _held;
    private OtaImageId? _offered;

    /// <summary>Makes a store; nothing is sent before the first request.</summary>
    /// <param name="options">The device, its network, its times.</param>
    public HanFirmware(HanFirmwareOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    public bool TakesLaterTimes => true;

    private ulong Client => _options.Target.Eui64;

    /// <inheritdoc/>
    public async Task<FirmwareDelivery> DeliverAsync(
        FirmwareImage image, string version, ImageDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (delivery == ImageDelivery.Interrupted)
        {
            throw new LocalProtocolException(
                "HAN-051", $"{Client:X16}: the device asks for each block by itself, so a delivery over the air has no link to interrupt",
                "Upgrading", "firmware");
        }

        if (delivery == ImageDelivery.Checked && FirmwareCheck.FindFault(image, version, _options.Model) is { } fault)
        {
            return fault;
        }

        if (OtaOffer.TryOf(image.Octets, out CodecFault why) is not { } offer)
        {
            return new FirmwareDelivery(FirmwareDeliveryResult.ImageRejected, $"the image was not offered: it is no upgrade file: {why}");
        }

        // An image of before that is on offer still could be the one that the device takes now.
        if (_offered is { } before && before != offer.Image)
        {
            _options.Upgrades.Withdraw(before);
        }

        (_held, _offered) = (null, offer.Image);
        offer = offer.With(new HashSet<ulong> { Client }, OtaActivation.WhenTold, allowsDowngrade: true);
        Channel<HanUpgradeProgress> told = Channel.CreateUnbounded<HanUpgradeProgress>();
        using IDisposable watching = _options.Upgrades.Watch(Client, progress => told.Writer.TryWrite(progress));
        AdapterWatch adapter = new();
        using IDisposable observing = _options.Network.Observe(adapter);
        _options.Upgrades.Offer(offer);
        FirmwareDelivery made;
        try
        {
            HanDeliveryException? unheard = await NotifyAsync(offer, cancellationToken).ConfigureAwait(false);
            made = await FollowAsync(offer, told.Reader, unheard, cancellationToken).ConfigureAwait(false);
        }
        catch (LinkTimeoutException) when (adapter.Lost is { } lost)
        {
            // Nothing tells a silent device from one that nobody could hear.
            throw lost;
        }

        if (made.Result == FirmwareDeliveryResult.Verified)
        {
            _held = (image, offer);
        }
        else
        {
            _options.Upgrades.Withdraw(offer.Image);
        }

        return made;
    }

    /// <inheritdoc/>
    public async Task<FirmwareActivation> ActivateAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken)
    {
        string before = await _options.Identity.ReadActiveVersionAsync(cancellationToken).ConfigureAwait(false);
        if (Missing(hash, before) is { } missing)
        {
            return missing;
        }

        OtaOffer offer = _held!.Value.Offer;
        Report(FirmwareStage.Activating, 0, 0);
        await _options.Upgrades.ActivateAsync(Client, OtaActivation.AtOnce, cancellationToken).ConfigureAwait(false);
        bool runs = await RunsAsync(offer.Image.Version, cancellationToken).ConfigureAwait(false);
        string after = await _options.Identity.ReadActiveVersionAsync(cancellationToken).ConfigureAwait(false);
        if (!runs)
        {
            return new FirmwareActivation(
                ActivateImageResponse.ActivationFailure, after,
                $"after {_options.ActivationTimeout.TotalSeconds:F0} s the device still does not run file version "
                + $"{offer.Image.Version:X8}");
        }

        _held = null;
        _options.Upgrades.Withdraw(offer.Image);
        return new FirmwareActivation(ActivateImageResponse.Success, after, string.Empty);
    }

    /// <inheritdoc/>
    public async Task<FirmwareActivation> ScheduleAsync(
        ReadOnlyMemory<byte> hash, DateTimeOffset time, CancellationToken cancellationToken)
    {
        string before = await _options.Identity.ReadActiveVersionAsync(cancellationToken).ConfigureAwait(false);
        if (Missing(hash, before) is { } missing)
        {
            return missing;
        }

        await _options.Upgrades.ActivateAsync(Client, OtaActivation.At(time), cancellationToken).ConfigureAwait(false);
        return new FirmwareActivation(ActivateImageResponse.Success, before, string.Empty);
    }

    /// <inheritdoc/>
    public Task WithdrawAsync(CancellationToken cancellationToken) => _options.Upgrades.Held(Client) is null
        ? Task.CompletedTask
        : _options.Upgrades.ActivateAsync(Client, OtaActivation.WhenTold, cancellationToken);

    /// <summary>Why the device cannot be told to run the image; null when it can. What it confirmed to an earlier run of the agent is
    /// not known: the image is delivered again, of which the device takes only what it lacks.</summary>
    private FirmwareActivation? Missing(ReadOnlyMemory<byte> hash, string version)
    {
        if (_held is not { } held || _options.Upgrades.Held(Client)?.Image != held.Offer.Image)
        {
            return new FirmwareActivation(
                ActivateImageResponse.NoImageHeld, version, "the device has confirmed no image since the agent started");
        }

        return held.Image.Hash.Span.SequenceEqual(hash.Span) ? null : new FirmwareActivation(
            ActivateImageResponse.HashMismatch, version,
            $"the device holds the image {Convert.ToHexStringLower(held.Image.Hash.Span)}, the request names another");
    }

    /// <summary>Tells the device of the image. One that sleeps may miss it and asks by itself all the same.</summary>
    /// <returns>Why it was not told; null when it acknowledged it.</returns>
    private async Task<HanDeliveryException?> NotifyAsync(OtaOffer offer, CancellationToken cancellationToken)
    {
        try
        {
            await _options.Upgrades.NotifyAsync(_options.Target, offer.Image, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (HanDeliveryException unheard) when (_options.Network.Nodes.Any(node => node.Eui64 == Client && node.IsSleepy))
        {
            Report(FirmwareStage.Recovering, 0, 0);
            return unheard;
        }
    }

    private async Task<FirmwareDelivery> FollowAsync(
        OtaOffer offer, ChannelReader<HanUpgradeProgress> told, HanDeliveryException? unheard, CancellationToken cancellationToken)
    {
        int reported = -1;
        await FirstAsync(told, unheard, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            HanUpgradeProgress progress = await told.ReadAsync(cancellationToken).ConfigureAwait(false);
            switch (progress.Event)
            {
                case OtaEvent.Started or OtaEvent.Resumed or OtaEvent.Progressed:
                    int done = progress.ReachedOctets * Reports / Math.Max(1, progress.TotalOctets);
                    if (done > reported)
                    {
                        reported = done;
                        Report(FirmwareStage.Transferring, progress.ReachedOctets, progress.TotalOctets);
                    }

                    break;
                case OtaEvent.AllSent:
                    Report(FirmwareStage.Verifying, progress.TotalOctets, progress.TotalOctets);
                    break;
                case OtaEvent.Confirmed when progress.Image == offer.Image:
                    return new FirmwareDelivery(FirmwareDeliveryResult.Verified, string.Empty);
                case OtaEvent.RefusedByClient:
                    return Refused(progress.ClientStatus);
                case OtaEvent.NothingOffered:
                    return new FirmwareDelivery(
                        FirmwareDeliveryResult.TransferFailed,
                        $"the device asked, and {offer.Image} is not for what it says of its manufacturer, type, version and hardware");
                case OtaEvent.Aborted when progress.Image != offer.Image:
                    // It was at an image of before, and was told that this is over: now it listens.
                    await NotifyAsync(offer, cancellationToken).ConfigureAwait(false);
                    break;
                case OtaEvent.Aborted:
                    return new FirmwareDelivery(FirmwareDeliveryResult.TransferFailed, "the download was ended");
                case OtaEvent.Stalled:
                    throw new LinkTimeoutException(
                        "HAN-031", $"{Client:X16}: stopped asking for blocks at octet {progress.ReachedOctets} of {progress.TotalOctets}",
                        "block request", _options.Upgrades.Settings.StalledAfter, 1);
            }
        }
    }

    /// <summary>Waits until the device asks at all.</summary>
    /// <exception cref="LinkTimeoutException">HAN-032: it was told of the image, and does not.</exception>
    /// <exception cref="HanDeliveryException">It could not be told, and does not ask by itself either.</exception>
    private async Task FirstAsync(
        ChannelReader<HanUpgradeProgress> told, HanDeliveryException? unheard, CancellationToken cancellationToken)
    {
        TimeSpan patience = _options.StartTimeout + ((_options.WakeInterval ?? TimeSpan.Zero) * 2);
        using CancellationTokenSource limit = new(patience, _options.TimeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await told.WaitToReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw unheard ?? (HarnessException)new LinkTimeoutException(
                "HAN-032", $"{Client:X16}: does not ask for the image that it was told of", "image query", patience, 1);
        }
    }

    private static FirmwareDelivery Refused(ZclStatus? status) => status switch
    {
        ZclStatus.InvalidImage => new(FirmwareDeliveryResult.VerificationFailed, "the device verified the image and found it invalid"),
        _ => new(FirmwareDeliveryResult.TransferFailed, $"the device gave the image up: {status}"),
    };

    /// <summary>Waits until the device says that it runs a version; it is away while it restarts.</summary>
    private async Task<bool> RunsAsync(uint version, CancellationToken cancellationToken)
    {
        long begun = _options.TimeProvider.GetTimestamp();
        while (_options.TimeProvider.GetElapsedTime(begun) < _options.ActivationTimeout)
        {
            await Task.Delay(_options.PollInterval, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            try
            {
                IReadOnlyList<AttributeResult> read = await _options.Network.Zcl.ReadAsync(
                    _options.Target, ClusterCatalogue.OtaUpgrade.Id, [CurrentFileVersion], cancellationToken,
                    new ZclOptions { From = ZclSide.Server, WakeInterval = _options.WakeInterval }).ConfigureAwait(false);
                if (read[0].Value is { } value && value.View.TryGetUInt64(out ulong running) && running == version)
                {
                    return true;
                }
            }
            catch (HarnessException away) when (away is HanDeliveryException or LinkTimeoutException)
            {
                Report(FirmwareStage.Recovering, 0, 0);
            }
        }

        return false;
    }

    private void Report(FirmwareStage stage, int doneOctets, int octets) =>
        _options.Progress?.Report(new FirmwareProgress(stage, Blocks(doneOctets), Blocks(octets), 0));

    private int Blocks(int octets)
    {
        int block = _options.Upgrades.Settings.MaximumBlockOctets;
        return (octets + block - 1) / block;
    }

    /// <summary>Remembers that the adapter was lost, though it may have come back.</summary>
    private sealed class AdapterWatch : IHanObserver
    {
        private HarnessException? _lost;

        /// <summary>Why it was lost; null when it never was.</summary>
        public HarnessException? Lost => Volatile.Read(ref _lost);

        /// <inheritdoc/>
        public void Told(HanEvent told)
        {
            if (told is HanAdapterEvent { Told: ZigBeeAdapterLost lost })
            {
                Volatile.Write(ref _lost, lost.Reason);
            }
        }
    }
}
