using System.Text;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Brings firmware to an electricity meter by its image transfer object.</summary>
/// <remarks>
/// A transfer that was cut off goes on at the first block that the meter lacks, when the meter still holds the transfer and this driver
/// began it: the object does not say which image its blocks belong to, so another's transfer is begun anew. A meter that forgot everything
/// gets everything again. Activation is sent only when the meter itself says that it verified this very image.
/// </remarks>
internal sealed class EsmeFirmware : IFirmwareStore
{
    /// <summary>How often in one request a transfer may begin anew.</summary>
    internal const int MaximumStarts = 4;

    /// <summary>How often the device may be lost without taking one block in between.</summary>
    internal const int MaximumLossesWithoutProgress = 3;

    /// <summary>How often one block is offered to a device that asks to wait.</summary>
    internal const int MaximumBusyAnswers = 30;

    /// <summary>How often the device may miss blocks at the end of a transfer.</summary>
    internal const int MaximumRounds = 8;

    private const int Reports = 20;

    private readonly ImageTransferObject _transfer;
    private readonly ImageTransferSettings _settings;
    private readonly IFirmwareIdentity _identity;
    private readonly EsmeReconnection _reconnection;
    private readonly TimeProvider _timeProvider;
    private readonly IProgress<FirmwareProgress>? _progress;

    private ReadOnlyMemory<byte> _begun;
    private (FirmwareImage Image, string Version)? _verified;
    private int _recoveries;

    internal EsmeFirmware(
        ImageTransferObject transfer, ImageTransferSettings settings, IFirmwareIdentity identity, EsmeReconnection reconnection,
        TimeProvider timeProvider, IProgress<FirmwareProgress>? progress)
    {
        _transfer = transfer;
        _settings = settings;
        _identity = identity;
        _reconnection = reconnection;
        _timeProvider = timeProvider;
        _progress = progress;
    }

    /// <summary>Where a later time is written; null when the model has no such object.</summary>
    internal ActivationScheduleObject? Schedule { get; init; }

    /// <inheritdoc/>
    public bool TakesLaterTimes => Schedule is not null;

    /// <summary>Is awaited at each moment; null when nobody is.</summary>
    internal IFirmwareMoments? Moments { get; init; }

    /// <inheritdoc/>
    public async Task<FirmwareDelivery> DeliverAsync(
        FirmwareImage image, string version, ImageDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery != ImageDelivery.Unchecked && FirmwareCheck.FindFault(image, version, _settings.Model) is { } fault)
        {
            return fault;
        }

        _recoveries = 0;
        _verified = null;
        ImageTransferRun run = new(image, version, delivery == ImageDelivery.Interrupted);
        int losses = 0;
        while (true)
        {
            int before = run.Next;
            try
            {
                FirmwareDelivery made = await AttemptAsync(run, cancellationToken).ConfigureAwait(false);
                _verified = made.Result == FirmwareDeliveryResult.Verified ? (image, version) : null;
                return made;
            }
            catch (HarnessException lost) when (_reconnection.IsLost(lost) && CanGoOn(run.Next > before, ref losses))
            {
                await RecoverAsync(run, _settings.RecoveryTimeout, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<FirmwareActivation> ActivateAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken)
    {
        _recoveries = 0;
        FirmwareActivation held = await LookAsync(hash, cancellationToken).ConfigureAwait(false);
        return held.Response == ActivateImageResponse.Success
            ? await RunActivationAsync(held.FirmwareVersion, cancellationToken).ConfigureAwait(false)
            : held;
    }

    /// <inheritdoc/>
    public async Task<FirmwareActivation> ScheduleAsync(
        ReadOnlyMemory<byte> hash, DateTimeOffset time, CancellationToken cancellationToken)
    {
        ActivationScheduleObject schedule = ScheduleOrThrow();
        FirmwareActivation held = await LookAsync(hash, cancellationToken).ConfigureAwait(false);
        if (held.Response == ActivateImageResponse.Success)
        {
            await schedule.SetAsync(time, cancellationToken).ConfigureAwait(false);
        }

        return held;
    }

    /// <inheritdoc/>
    public Task WithdrawAsync(CancellationToken cancellationToken) => ScheduleOrThrow().ClearAsync(cancellationToken).AsTask();

    private ActivationScheduleObject ScheduleOrThrow() =>
        Schedule ?? throw new InvalidOperationException("the device model takes no activation for a later time");

    /// <summary>Looks whether the device holds this image, verified; and which version runs.</summary>
    private async Task<FirmwareActivation> LookAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken)
    {
        ImageTransferStatus status = await _transfer.ReadStatusAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ImageToActivate> held = status == ImageTransferStatus.VerificationSuccessful
            ? await _transfer.ReadImagesAsync(cancellationToken).ConfigureAwait(false)
            : [];
        string before = await _identity.ReadActiveVersionAsync(cancellationToken).ConfigureAwait(false);
        if (held.Count == 0)
        {
            return new FirmwareActivation(
                ActivateImageResponse.NoImageHeld, before, $"the device holds no verified image: its transfer status is {status}");
        }

        // One image at a time is activated by the method, so one that is not alone is not known to be the one that would run.
        if (held.Count > 1 || !Confirms(held[0], hash))
        {
            return new FirmwareActivation(ActivateImageResponse.HashMismatch, before, Difference(held, hash));
        }

        return new FirmwareActivation(ActivateImageResponse.Success, before, string.Empty);
    }

    private static string Difference(IReadOnlyList<ImageToActivate> held, ReadOnlyMemory<byte> hash)
    {
        string found = string.Join("; ", held.Select(image =>
            $"'{Encoding.ASCII.GetString(image.Identification.Span)}', {image.Octets} octets, "
            + (image.Signature.IsEmpty ? "no signature" : $"signature {Convert.ToHexStringLower(image.Signature.Span)}")));
        return $"nothing was activated: the device holds {found}; the request asks for {Convert.ToHexStringLower(hash.Span)}";
    }

    /// <summary>Whether a loss may be mended: only a device that takes nothing between its losses is given up.</summary>
    private static bool CanGoOn(bool hasProgress, ref int losses)
    {
        losses = hasProgress ? 1 : losses + 1;
        return losses <= MaximumLossesWithoutProgress;
    }

    private async Task<FirmwareDelivery> AttemptAsync(ImageTransferRun run, CancellationToken cancellationToken)
    {
        if (!await SynchroniseAsync(run, cancellationToken).ConfigureAwait(false))
        {
            return Failed($"the device dropped the transfer {MaximumStarts} times");
        }

        for (int round = 0; round < MaximumRounds; round++)
        {
            for (; run.Next < run.Blocks; run.Next++)
            {
                if (run.IsInterruptedNow && await InterruptAsync(run, cancellationToken).ConfigureAwait(false) is { } lost)
                {
                    return lost;
                }

                await ReachAsync(FirmwareMoment.Block, run.Next, cancellationToken).ConfigureAwait(false);
                if (!await SendBlockAsync(run, cancellationToken).ConfigureAwait(false))
                {
                    return Failed($"the device did not take block {run.Next} in {MaximumBusyAnswers} offers");
                }

                Report(run, FirmwareStage.Transferring);
            }

            if (run.IsVerifying)
            {
                return await AwaitVerificationAsync(run, cancellationToken).ConfigureAwait(false);
            }

            long missing = await _transfer.ReadFirstMissingAsync(cancellationToken).ConfigureAwait(false);
            if (missing >= run.Blocks)
            {
                if (run.IsToBeInterrupted)
                {
                    return Failed($"the transfer was to be interrupted, and its {run.Blocks} blocks gave no occasion");
                }

                return await VerifyAsync(run, cancellationToken).ConfigureAwait(false);
            }

            run.Next = (int)Math.Max(missing, 0);
        }

        return Failed($"after {MaximumRounds} rounds the device still lacks block {run.Next}");
    }

    /// <summary>Finds out where the transfer stands on the device, and begins it where it does not stand at all.</summary>
    /// <returns>False when it was begun too often.</returns>
    private async Task<bool> SynchroniseAsync(ImageTransferRun run, CancellationToken cancellationToken)
    {
        bool isOurs = _begun.Span.SequenceEqual(run.Image.Hash.Span);
        ImageTransferStatus status = isOurs
            ? await _transfer.ReadStatusAsync(cancellationToken).ConfigureAwait(false)
            : ImageTransferStatus.NotInitiated;
        bool isPastTransfer = status is ImageTransferStatus.VerificationInitiated or ImageTransferStatus.VerificationSuccessful
            or ImageTransferStatus.VerificationFailed;
        if (run.IsVerifying && isPastTransfer)
        {
            run.Next = run.Blocks;
            return true;
        }

        run.IsVerifying = false;
        run.BlockOctets = await _transfer.ReadBlockSizeAsync(cancellationToken).ConfigureAwait(false);
        if (status == ImageTransferStatus.Initiated)
        {
            long missing = await _transfer.ReadFirstMissingAsync(cancellationToken).ConfigureAwait(false);
            run.Next = (int)Math.Clamp(missing, 0, run.Blocks);
            run.Resumptions++;
            return true;
        }

        if (run.Starts == MaximumStarts)
        {
            return false;
        }

        run.Starts++;
        run.Next = 0;
        await _transfer.EnableAsync(cancellationToken).ConfigureAwait(false);
        await _transfer.InitiateAsync(Encoding.ASCII.GetBytes(run.Version), run.Image.Octets.Length, cancellationToken)
            .ConfigureAwait(false);
        _begun = run.Image.Hash;
        return true;
    }

    /// <summary>Closes the link and opens it anew, on purpose.</summary>
    /// <returns>Null when the device has kept every block that it had acknowledged.</returns>
    private async Task<FirmwareDelivery?> InterruptAsync(ImageTransferRun run, CancellationToken cancellationToken)
    {
        Report(run, FirmwareStage.Recovering);
        await _reconnection.RenewAsync(_settings.RecoveryTimeout, ImageTransferSettings.PollInterval, cancellationToken)
            .ConfigureAwait(false);
        ImageTransferStatus status = await _transfer.ReadStatusAsync(cancellationToken).ConfigureAwait(false);
        long kept = status == ImageTransferStatus.Initiated
            ? await _transfer.ReadFirstMissingAsync(cancellationToken).ConfigureAwait(false)
            : 0;
        run.IsToBeInterrupted = false;
        run.Resumptions++;
        return kept >= run.Next
            ? null
            : Failed(
                $"the device had acknowledged {run.Next} of {run.Blocks} blocks and holds {kept} of them after the link was closed and "
                + $"opened anew; its transfer status is {status}");
    }

    private async Task<bool> SendBlockAsync(ImageTransferRun run, CancellationToken cancellationToken)
    {
        for (int offer = 0; offer < MaximumBusyAnswers; offer++)
        {
            if (await _transfer.TransferBlockAsync(run.Next, run.Block, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            await Task.Delay(ImageTransferSettings.PollInterval, _timeProvider, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<FirmwareDelivery> VerifyAsync(ImageTransferRun run, CancellationToken cancellationToken)
    {
        run.IsVerifying = true;
        Report(run, FirmwareStage.Verifying);
        try
        {
            _ = await _transfer.VerifyAsync(cancellationToken).ConfigureAwait(false);
            await ReachAsync(FirmwareMoment.Verification, block: 0, cancellationToken).ConfigureAwait(false);
        }
        catch (DeviceRefusedException refusal) when (refusal.Code == DlmsFaults.Action)
        {
            // Some devices answer "failed" by refusing the method, and say why in the status.
            ImageTransferStatus status = await _transfer.ReadStatusAsync(cancellationToken).ConfigureAwait(false);
            return status == ImageTransferStatus.VerificationFailed ? VerificationFailed(run) : Failed(refusal.Message);
        }

        return await AwaitVerificationAsync(run, cancellationToken).ConfigureAwait(false);
    }

    private async Task<FirmwareDelivery> AwaitVerificationAsync(ImageTransferRun run, CancellationToken cancellationToken)
    {
        long started = _timeProvider.GetTimestamp();
        while (true)
        {
            ImageTransferStatus status = await _transfer.ReadStatusAsync(cancellationToken).ConfigureAwait(false);
            switch (status)
            {
                case ImageTransferStatus.VerificationSuccessful:
                    return await ConfirmAsync(run, cancellationToken).ConfigureAwait(false);
                case ImageTransferStatus.VerificationFailed:
                    return VerificationFailed(run);
                case ImageTransferStatus.Initiated or ImageTransferStatus.VerificationInitiated:
                    break;
                default:
                    return Failed($"the transfer status went to {status} while the device was to verify");
            }

            TimeSpan waited = _timeProvider.GetElapsedTime(started);
            if (waited >= _settings.VerificationTimeout)
            {
                return Failed($"the device has not verified the image in {waited.TotalSeconds:F0} s: its transfer status is {status}");
            }

            await Task.Delay(ImageTransferSettings.PollInterval, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<FirmwareDelivery> ConfirmAsync(ImageTransferRun run, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImageToActivate> held = await _transfer.ReadImagesAsync(cancellationToken).ConfigureAwait(false);
        bool isConfirmed = held is [ImageToActivate image] && image.Octets == run.Image.Octets.Length
            && image.Identification.Span.SequenceEqual(Encoding.ASCII.GetBytes(run.Version))
            && (image.Signature.IsEmpty || image.Signature.Span.SequenceEqual(run.Image.Hash.Span));
        return isConfirmed
            ? new FirmwareDelivery(FirmwareDeliveryResult.Verified, run.Summary)
            : Failed(Difference(held, run.Image.Hash));
    }

    /// <summary>Whether a held image is the one of a hash: by its signature, or, of a device that computes none, by what this driver
    /// delivered and saw verified.</summary>
    private bool Confirms(ImageToActivate held, ReadOnlyMemory<byte> hash)
    {
        if (!held.Signature.IsEmpty)
        {
            return held.Signature.Span.SequenceEqual(hash.Span);
        }

        return _verified is { } delivered && delivered.Image.Hash.Span.SequenceEqual(hash.Span)
            && held.Octets == delivered.Image.Octets.Length
            && held.Identification.Span.SequenceEqual(Encoding.ASCII.GetBytes(delivered.Version));
    }

    private async Task<FirmwareActivation> RunActivationAsync(string before, CancellationToken cancellationToken)
    {
        _progress?.Report(new FirmwareProgress(FirmwareStage.Activating, 0, 0, _recoveries));
        long started = _timeProvider.GetTimestamp();
        _begun = default;
        _verified = null;
        bool isLost = false;
        try
        {
            _ = await _transfer.ActivateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DeviceRefusedException refusal) when (refusal.Code == DlmsFaults.Action)
        {
            string version = await _identity.ReadActiveVersionAsync(cancellationToken).ConfigureAwait(false);
            return new FirmwareActivation(ActivateImageResponse.ActivationFailure, version, refusal.Message);
        }
        catch (HarnessException lost) when (_reconnection.IsLost(lost))
        {
            // A device may restart before it answers. The method is never sent twice: what became of it is read.
            isLost = true;
        }

        await ReachAsync(FirmwareMoment.Activation, block: 0, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            try
            {
                if (isLost)
                {
                    await ReconnectAsync(Remaining(started), cancellationToken).ConfigureAwait(false);
                    isLost = false;
                }

                if (await ReadActivationAsync(before, started, cancellationToken).ConfigureAwait(false) is { } activation)
                {
                    return activation;
                }
            }
            catch (HarnessException lost) when (_reconnection.IsLost(lost) && Remaining(started) > TimeSpan.Zero)
            {
                isLost = true;
            }

            await Task.Delay(ImageTransferSettings.PollInterval, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what became of the activation; null while it is not decided.</summary>
    private async Task<FirmwareActivation?> ReadActivationAsync(string before, long started, CancellationToken cancellationToken)
    {
        ImageTransferStatus status = await _transfer.ReadStatusAsync(cancellationToken).ConfigureAwait(false);
        string version = await _identity.ReadActiveVersionAsync(cancellationToken).ConfigureAwait(false);
        // A meter that forgets its transfer when it restarts tells by its version that the image runs.
        if (status == ImageTransferStatus.ActivationSuccessful || (status == ImageTransferStatus.NotInitiated && version != before))
        {
            return new FirmwareActivation(ActivateImageResponse.Success, version, string.Empty);
        }

        return status == ImageTransferStatus.ActivationFailed || Remaining(started) <= TimeSpan.Zero
            ? new FirmwareActivation(
                ActivateImageResponse.ActivationFailure, version, $"the transfer status is {status} and version {version} runs")
            : null;
    }

    private ValueTask ReachAsync(FirmwareMoment moment, int block, CancellationToken cancellationToken) =>
        Moments?.ReachedAsync(moment, block, cancellationToken) ?? ValueTask.CompletedTask;

    private TimeSpan Remaining(long started) => _settings.ActivationTimeout - _timeProvider.GetElapsedTime(started);

    private async Task RecoverAsync(ImageTransferRun run, TimeSpan patience, CancellationToken cancellationToken)
    {
        Report(run, FirmwareStage.Recovering);
        await ReconnectAsync(patience, cancellationToken).ConfigureAwait(false);
    }

    private Task ReconnectAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        _recoveries++;
        return _reconnection.ReconnectAsync(patience, ImageTransferSettings.PollInterval, cancellationToken);
    }

    private static FirmwareDelivery Failed(string why) => new(FirmwareDeliveryResult.TransferFailed, why);

    private static FirmwareDelivery VerificationFailed(ImageTransferRun run) =>
        new(FirmwareDeliveryResult.VerificationFailed, $"the device calls the image not good; {run.Summary}");

    private void Report(ImageTransferRun run, FirmwareStage stage)
    {
        int done = stage == FirmwareStage.Transferring ? run.Next + 1 : run.Next;
        if (stage != FirmwareStage.Transferring || done == run.Blocks || done * Reports / run.Blocks != run.Next * Reports / run.Blocks)
        {
            _progress?.Report(new FirmwareProgress(stage, done, run.Blocks, _recoveries));
        }
    }
}
