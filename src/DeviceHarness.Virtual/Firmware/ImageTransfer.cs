using System.Security.Cryptography;
using System.Text.Json;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Firmware;

/// <summary>Takes an image block by block, verifies and activates it; everything is in flash, so that it outlasts a power cut at any
/// moment.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 18, as the domain guide gives it. Blocks come in any order and may repeat. An image whose version
/// the running one is no step to fails its verification. The restart begins after
/// the answer to the activation has left; what the meter then runs is decided at power-on, by verifying once more.</remarks>
public sealed class ImageTransfer
{
    private const string RecordName = "image-record";
    private const string ImageName = "image";
    private const string MapName = "image-map";
    private const byte Stored = 1;

    private static readonly TimeSpan ForEver = TimeSpan.FromDays(36_500);

    private readonly FirmwareUpdateOptions _options;
    private readonly IMeterFlash _flash;
    private readonly IImageHost _host;
    private ImageRecord _record;
    private bool[] _map = [];
    private int _storedBlocks;
    private TimeSpan? _due;

    /// <summary>Finds in flash what was there when the power went.</summary>
    /// <param name="options">What the meter is to an image.</param>
    /// <param name="flash">Its memory.</param>
    /// <param name="host">The meter around.</param>
    /// <exception cref="IOException">The flash cannot be read.</exception>
    public ImageTransfer(FirmwareUpdateOptions options, IMeterFlash flash, IImageHost host)
    {
        _options = options;
        _flash = flash;
        _host = host;
        _record = flash.Read(RecordName) is byte[] json
            ? JsonSerializer.Deserialize(json, FlashJson.Default.ImageRecord)!
            : ImageRecord.Empty;
        LoadMap();
    }

    /// <summary>Whether the methods may be used: attribute 5.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>How far the transfer has come.</summary>
    public ImageTransferStatus Status => _record.Status;

    /// <summary>How far the transfer has come, as the meter says it: attribute 6.</summary>
    public ImageTransferStatus ReportedStatus => Status == ImageTransferStatus.NotInitiated && _host.Has(EsmeDefects.PhantomImage)
        ? ImageTransferStatus.VerificationSuccessful
        : Status;

    /// <summary>The size of a block, in octets.</summary>
    public int BlockOctets => _options.BlockOctets;

    /// <summary>How many blocks the image has; 0 without one.</summary>
    public int BlockCount => _map.Length;

    /// <summary>The announced size of the image, in octets.</summary>
    public int ImageOctets => _record.ImageOctets;

    /// <summary>The identifier that initiated the transfer.</summary>
    public byte[] Identifier => Convert.FromHexString(_record.Identifier);

    /// <summary>The first block that is missing; the count of blocks when none is.</summary>
    public int FirstNotTransferred
    {
        get
        {
            int block = Array.IndexOf(_map, false);
            return block < 0 ? _map.Length : block;
        }
    }

    /// <summary>When <see cref="RunDue"/> is due, as time since the meter process started; null when nothing is.</summary>
    public TimeSpan? NextDue => _due;

    /// <summary>Whether a block is there.</summary>
    /// <param name="block">The block, from 0 to <see cref="BlockCount"/> less 1.</param>
    public bool IsTransferred(int block) => _map[block];

    /// <summary>SHA-256 of the image as it is held; 32 octets.</summary>
    public byte[] HashHeldImage()
    {
        byte[] hash = SHA256.HashData(HeldImage());
        if (_host.Has(EsmeDefects.ImageHashWrong))
        {
            hash[0] ^= 0xFF;
        }

        return hash;
    }

    /// <summary>Method 1: a new transfer; whatever was there is gone.</summary>
    /// <param name="identifier">What the client calls the image.</param>
    /// <param name="imageOctets">Its size.</param>
    /// <returns>13 for a size that the meter cannot hold, 250 while it restarts.</returns>
    public ActionResult Initiate(ReadOnlySpan<byte> identifier, long imageOctets)
    {
        if (Status == ImageTransferStatus.ActivationInitiated)
        {
            return ActionResult.OtherReason;
        }

        if (imageOctets < 1 || imageOctets > _options.MaximumOctets)
        {
            return ActionResult.ScopeOfAccessViolated;
        }

        Save(ImageRecord.Empty);
        _flash.Erase(ImageName);
        _flash.Erase(MapName);
        _due = null;
        Save(new ImageRecord(
            ImageTransferStatus.Initiated, Convert.ToHexString(identifier), (int)imageOctets, _options.BlockOctets, false));
        LoadMap();
        return ActionResult.Success;
    }

    /// <summary>Method 2: a block.</summary>
    /// <param name="block">Its number, from 0.</param>
    /// <param name="octets">Its octets: as many as a block has, the last one what is left.</param>
    /// <returns>250 without a transfer, 13 for a block beyond the last, 12 for a wrong length.</returns>
    public ActionResult Store(long block, ReadOnlySpan<byte> octets)
    {
        if (Status is not (ImageTransferStatus.Initiated or ImageTransferStatus.VerificationFailed))
        {
            return ActionResult.OtherReason;
        }

        if (block >= BlockCount)
        {
            return ActionResult.ScopeOfAccessViolated;
        }

        int index = (int)block;
        int offset = index * _record.BlockOctets;
        if (octets.Length != Math.Min(_record.BlockOctets, ImageOctets - offset))
        {
            return ActionResult.TypeUnmatched;
        }

        if (Status != ImageTransferStatus.Initiated)
        {
            Save(_record with { Status = ImageTransferStatus.Initiated });
        }

        bool isLost = _host.Has(EsmeDefects.BlockLost) && index == Math.Min(1, BlockCount - 1);
        _flash.WriteAt(ImageName, offset, isLost ? new byte[octets.Length] : octets);
        Mark(index);
        return ActionResult.Success;
    }

    /// <summary>Method 3: verify.</summary>
    /// <returns>0 sound, 250 not sound or blocks missing, 2 while verification runs.</returns>
    public ActionResult Verify()
    {
        switch (Status)
        {
            case ImageTransferStatus.VerificationInitiated:
                return ActionResult.TemporaryFailure;
            case ImageTransferStatus.VerificationSuccessful:
                return ActionResult.Success;
            case ImageTransferStatus.Initiated or ImageTransferStatus.VerificationFailed when _storedBlocks == BlockCount:
                break;
            default:
                return ActionResult.OtherReason;
        }

        if (_options.VerifyTime > TimeSpan.Zero)
        {
            Save(_record with { Status = ImageTransferStatus.VerificationInitiated });
            _due = _host.Elapsed + _options.VerifyTime;
            return ActionResult.TemporaryFailure;
        }

        FinishVerification();
        return Status == ImageTransferStatus.VerificationSuccessful ? ActionResult.Success : ActionResult.OtherReason;
    }

    /// <summary>Method 4: activate; the meter restarts soon after.</summary>
    /// <returns>2 when the activation has begun, 250 without a verified image.</returns>
    public ActionResult Activate()
    {
        if (Status != ImageTransferStatus.VerificationSuccessful)
        {
            return ActionResult.OtherReason;
        }

        Save(_record with { Status = ImageTransferStatus.ActivationInitiated });
        _due = _host.Elapsed + _options.ActivationDelay;
        return ActionResult.TemporaryFailure;
    }

    /// <summary>Does what has fallen due: a verification ends, a restart begins.</summary>
    public void RunDue()
    {
        if (_due is not TimeSpan due || _host.Elapsed < due)
        {
            return;
        }

        _due = null;
        if (Status == ImageTransferStatus.VerificationInitiated)
        {
            FinishVerification();
        }
        else
        {
            _host.Restart(_options.RestartTime);
        }
    }

    /// <summary>The meter has power again, or has restarted: what was running is taken up from flash.</summary>
    /// <param name="wasOutage">Whether it was without power.</param>
    public void OnPowerOn(bool wasOutage)
    {
        _due = null;
        if (Status == ImageTransferStatus.VerificationInitiated)
        {
            Save(_record with { Status = ImageTransferStatus.Initiated });
        }
        else if (Status == ImageTransferStatus.ActivationInitiated && wasOutage && _host.Has(EsmeDefects.BrickedByPowerCut))
        {
            _host.Restart(ForEver);
        }
        else if (Status == ImageTransferStatus.ActivationInitiated)
        {
            RunImage(isUndone: wasOutage && _options.IsUndoneByPowerCut);
        }

        ForgetBlocksIfDefective();
    }

    /// <summary>A client opened the link.</summary>
    public void OnLinkOpened() => ForgetBlocksIfDefective();

    private void RunImage(bool isUndone)
    {
        byte[] image = HeldImage();
        if (isUndone || _host.Has(EsmeDefects.ActivationFails) || !IsSound(image))
        {
            Save(_record with { Status = ImageTransferStatus.ActivationFailed });
            _host.Enter(EventCode.FirmwareBadAtPowerOn);
            return;
        }

        Save(_record with { Status = ImageTransferStatus.ActivationSuccessful });
        if (!_host.Has(EsmeDefects.ActivationLies) && UpgradeFile.VersionOf(image) is string version)
        {
            _host.RunFirmware(version);
            _host.Enter(EventCode.FirmwareChanged);
        }
    }

    private void FinishVerification()
    {
        byte[] image = HeldImage();
        bool isSound = !_host.Has(EsmeDefects.VerifyFails) && IsSound(image) && IsOnPath(image);
        Save(_record with
        {
            Status = isSound ? ImageTransferStatus.VerificationSuccessful : ImageTransferStatus.VerificationFailed,
        });
        _host.Enter(isSound ? EventCode.FirmwareVerified : EventCode.FirmwareVerificationFailed);
    }

    private bool IsSound(byte[] image) => _host.Has(EsmeDefects.VerifyLies)
        || UpgradeFile.Judge(image, _options, _host.Has(EsmeDefects.WrongImageAccepted)) == ImageVerdict.Sound;

    // Asked when the image is verified, not when it is activated: the version that runs is another one by then.
    private bool IsOnPath(byte[] image) => _host.Has(EsmeDefects.VerifyLies) || _host.Has(EsmeDefects.UpgradePathIgnored)
        || UpgradeFile.VersionOf(image) is not string version || _options.Path.Allows(_host.FirmwareVersion, version);

    private byte[] HeldImage()
    {
        byte[] image = _flash.Read(ImageName) ?? [];
        Array.Resize(ref image, ImageOctets);
        return image;
    }

    private void Mark(int block)
    {
        if (_map[block])
        {
            return;
        }

        _flash.WriteAt(MapName, block, [Stored]);
        _map[block] = true;
        _storedBlocks++;
        if (_storedBlocks == BlockCount)
        {
            _host.Enter(EventCode.FirmwareTransferred);
        }

        int cutAfter = _host.Has(EsmeDefects.PowerCut) ? Math.Max(1, BlockCount / 2) : _options.PowerCutAfterBlocks;
        if (_storedBlocks == cutAfter && !_record.IsPowerCutSpent)
        {
            Save(_record with { IsPowerCutSpent = true });
            _host.CutPower();
        }
    }

    private void ForgetBlocksIfDefective()
    {
        if (_host.Has(EsmeDefects.ResumeForgets) && Status == ImageTransferStatus.Initiated)
        {
            _flash.Erase(MapName);
            LoadMap();
        }
    }

    private void LoadMap()
    {
        int blocks = (ImageOctets + _record.BlockOctets - 1) / _record.BlockOctets;
        byte[] stored = _flash.Read(MapName) ?? [];
        _map = [.. Enumerable.Range(0, blocks).Select(block => block < stored.Length && stored[block] == Stored)];
        _storedBlocks = _map.Count(isStored => isStored);
    }

    private void Save(ImageRecord record)
    {
        _record = record;
        _flash.Write(RecordName, JsonSerializer.SerializeToUtf8Bytes(record, FlashJson.Default.ImageRecord));
    }
}
