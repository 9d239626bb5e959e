using System.Buffers.Binary;
using System.Text.Json;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.ZigBee.Upgrades;

/// <summary>Fetches firmware over the air as a device of a HAN does: it alone sets the pace, and the server answers.</summary>
/// <remarks>
/// Spec: ZigBee OTA upgrade cluster 0x0019, client, as this harness's ZigBee guide sums it up. A pure machine: commands and time in,
/// commands out. What came is in flash: after a loss of power the download goes on where it was. Octets that skip the wanted offset are
/// ignored and asked for again.
/// </remarks>
public sealed class UpgradeClient : IClusterMachine
{
    private const string RecordName = "upgrade-record";
    private const string ImageName = "upgrade-image";
    private const byte Success = 0x00;
    private const byte Aborted = 0x95;
    private const byte InvalidImage = 0x96;
    private const byte WaitForData = 0x97;
    private const byte HardwareVersionPresent = 0x01;
    private const byte BlockPeriodPresent = 0x02;
    private const ushort AnyCode = 0xFFFF;
    private const uint AnyVersion = 0xFFFF_FFFF;
    private const uint UntilTold = 0xFFFF_FFFF;

    private static readonly TimeSpan AskAgainWhenTold = TimeSpan.FromMinutes(60);

    private readonly UpgradeClientOptions _options;
    private readonly IMeterFlash _flash;
    private readonly Random _random;
    private readonly List<ClusterMessage> _out = [];
    private UpgradeRecord _record;
    private TimeSpan? _due;
    private TimeSpan _serverPeriod;
    private int _attempts;
    private int _pageEnd;

    /// <summary>Finds in flash what was there when the power went; a download that was cut goes on at the first tick.</summary>
    /// <param name="options">What the device is.</param>
    /// <param name="flash">Its memory.</param>
    /// <param name="random">Draws whether a broadcast notice is followed.</param>
    public UpgradeClient(UpgradeClientOptions options, IMeterFlash flash, Random random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(flash);
        ArgumentNullException.ThrowIfNull(random);
        _options = options;
        _flash = flash;
        _random = random;
        _record = flash.Read(RecordName) is byte[] json
            ? JsonSerializer.Deserialize(json, FlashJson.Default.UpgradeRecord)!
            : new UpgradeRecord(options.FileVersion, null, 0, 0, 0);
        _due = _record.Size > 0 ? TimeSpan.Zero : null;
    }

    /// <inheritdoc/>
    public ushort Cluster => 0x0019;

    /// <summary>What it does.</summary>
    public UpgradeClientState State { get; private set; }

    /// <summary>Attribute 0002: the file version that it runs.</summary>
    public uint FileVersion => _record.Running;

    /// <summary>The firmware version that its image names; null with what it left the factory with.</summary>
    public string? FirmwareVersion => _record.Firmware;

    /// <summary>Attribute 0001: how much of an image is there, in octets.</summary>
    public uint FileOffset => _record.Size > 0 ? (uint)_record.Offset : uint.MaxValue;

    /// <summary>Attribute 0006.</summary>
    public byte ImageUpgradeStatus => State switch
    {
        UpgradeClientState.Downloading => 1,
        UpgradeClientState.Verifying or UpgradeClientState.Ending => 2,
        UpgradeClientState.CountingDown => _due is null ? (byte)3 : (byte)4,
        _ => 0,
    };

    /// <summary>How many block requests went out.</summary>
    public int BlockRequests { get; private set; }

    /// <summary>Told when another image runs, with the firmware version that it names; null tells nobody.</summary>
    public Action<string>? Installed { get; set; }

    /// <inheritdoc/>
    public TimeSpan? NextTick => _due;

    /// <summary>Told when the device is back from its restart, with another image or not; null tells nobody.</summary>
    public Action<TimeSpan>? Restarted { get; set; }

    /// <summary>Told when an image that was fetched is not taken; null tells nobody.</summary>
    public Action? Refused { get; set; }

    /// <summary>Asks the server whether there is an image, without having been told so.</summary>
    /// <param name="now">The time.</param>
    /// <returns>What goes out; nothing while it is at one already.</returns>
    public IReadOnlyList<ClusterMessage> Ask(TimeSpan now)
    {
        if (State == UpgradeClientState.Idle)
        {
            _attempts = 0;
            Query(now);
        }

        return Taken();
    }

    /// <inheritdoc/>
    public IReadOnlyList<ClusterMessage> Tick(TimeSpan now)
    {
        if (_due is { } due && now >= due)
        {
            _due = null;
            Due(now);
        }

        return Taken();
    }

    /// <inheritdoc/>
    /// <remarks>A payload that is too short is ignored.</remarks>
    public IReadOnlyList<ClusterMessage> Take(ClusterArrival arrival, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(arrival);
        byte[] payload = arrival.Payload;
        if (!arrival.IsFromServer)
        {
            return [];
        }

        switch (arrival.Command)
        {
            case 0x00:
                TakeNotice(payload, arrival.IsBroadcast, now);
                break;
            case 0x02 when State == UpgradeClientState.Querying:
                TakeQueryAnswer(payload, now);
                break;
            case 0x05 when State == UpgradeClientState.Downloading:
                TakeBlock(payload, now);
                break;
            case 0x07 when State is UpgradeClientState.Ending or UpgradeClientState.CountingDown:
                TakeEndAnswer(payload, now);
                break;
            default:
                break;
        }

        return Taken();
    }

    /// <inheritdoc/>
    public void TakeRefusal(byte command, TimeSpan now)
    {
        if (State == UpgradeClientState.Downloading && command is 0x03 or 0x04)
        {
            // A server that knows no pages is asked for each block.
            _pageEnd = command == 0x04 ? -1 : _pageEnd;
            _due = command == 0x04 ? now : now + _options.RetryAfter;
        }
    }

    private void Due(TimeSpan now)
    {
        switch (State)
        {
            case UpgradeClientState.Idle:
                Query(now);
                break;
            case UpgradeClientState.Verifying:
                Verify(now);
                break;
            case UpgradeClientState.CountingDown:
                State = UpgradeClientState.Restarting;
                _due = now + _options.RestartTime;
                break;
            case UpgradeClientState.Restarting:
                Start();
                Restarted?.Invoke(now);
                break;
            default:
                Repeat(now);
                break;
        }
    }

    private void Repeat(TimeSpan now)
    {
        if (_attempts >= _options.Attempts)
        {
            _attempts = 0;
            State = State == UpgradeClientState.Ending ? State : UpgradeClientState.Idle;
            _due = now + _options.RetryAfter;
            return;
        }

        switch (State)
        {
            case UpgradeClientState.Querying:
                Query(now);
                break;
            case UpgradeClientState.Downloading:
                // What a page left out is asked for by the next.
                _pageEnd = Math.Min(_pageEnd, _record.Offset);
                Request(now);
                break;
            default:
                End(Success, now);
                break;
        }
    }

    private void TakeNotice(ReadOnlySpan<byte> payload, bool isBroadcast, TimeSpan now)
    {
        if (State != UpgradeClientState.Idle || payload.Length < 2 || payload.Length < NoticeOctets(payload[0]))
        {
            return;
        }

        bool isForDevice = (payload[0] < 1 || IsOwn(Word(payload, 2), _options.ManufacturerCode))
            && (payload[0] < 2 || IsOwn(Word(payload, 4), _options.ImageType))
            && (payload[0] < 3 || Long(payload, 6) is var version && (version == AnyVersion || version != FileVersion));
        if (isForDevice && (!isBroadcast || _random.Next(1, 101) <= payload[1]))
        {
            _attempts = 0;
            Query(now);
        }
    }

    private void Query(TimeSpan now)
    {
        State = UpgradeClientState.Querying;
        Ask(0x01, Head(HardwareVersionPresent, FileVersion).Word(_options.HardwareVersion), now);
    }

    private void TakeQueryAnswer(ReadOnlySpan<byte> payload, TimeSpan now)
    {
        _due = null;
        State = UpgradeClientState.Idle;
        if (payload.Length < 13 || payload[0] != Success || !IsNamed(payload[1..]))
        {
            return;
        }

        uint version = Long(payload, 5);
        uint size = Long(payload, 9);
        if (version == FileVersion || size == 0 || size > _options.MaximumOctets)
        {
            return;
        }

        if (_record.Fetched != version || _record.Size != size)
        {
            _flash.Erase(ImageName);
            Keep(_record with { Fetched = version, Size = (int)size, Offset = 0 });
        }

        State = UpgradeClientState.Downloading;
        _attempts = 0;
        _pageEnd = 0;
        GoOn(now);
    }

    private void GoOn(TimeSpan now)
    {
        if (_record.Offset >= _record.Size)
        {
            State = UpgradeClientState.Verifying;
            _due = now + _options.VerifyTime;
            return;
        }

        if (_options.AbortsAfterBlocks > 0 && _record.Offset >= _options.AbortsAfterBlocks * _options.BlockOctets)
        {
            GiveUp(Aborted, now);
            return;
        }

        TimeSpan pause = _options.BlockPacing > _serverPeriod ? _options.BlockPacing : _serverPeriod;
        if (pause > TimeSpan.Zero && _record.Offset > 0 && _record.Offset >= _pageEnd)
        {
            _due = now + pause;
            return;
        }

        Request(now);
    }

    private void Request(TimeSpan now)
    {
        bool isWithinPage = _record.Offset < _pageEnd && _attempts == 0;
        if (isWithinPage)
        {
            _due = now + TimeSpan.FromMilliseconds(_options.PageSpacing) + _options.AnswerTimeout;
            _attempts++;
            return;
        }

        byte octets = (byte)Math.Min(_options.BlockOctets, _record.Size - _record.Offset);
        if (_options.PageOctets > 0 && _pageEnd >= 0 && _record.Offset >= _pageEnd)
        {
            _pageEnd = Math.Min(_record.Size, _record.Offset + _options.PageOctets);
            Ask(0x04, Head(0, _record.Fetched).DoubleWord((uint)_record.Offset).Octet(octets)
                .Word((ushort)_options.PageOctets).Word(_options.PageSpacing), now);
            return;
        }

        BlockRequests++;
        WireOctets request = Head(_serverPeriod > TimeSpan.Zero ? BlockPeriodPresent : (byte)0, _record.Fetched)
            .DoubleWord((uint)_record.Offset).Octet(octets);
        Ask(0x03, _serverPeriod > TimeSpan.Zero ? request.Word((ushort)_serverPeriod.TotalMilliseconds) : request, now);
    }

    private void TakeBlock(ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (payload.Length >= 1 && payload[0] == Aborted)
        {
            Forget();
        }
        else if (payload.Length >= 9 && payload[0] == WaitForData)
        {
            uint wait = Long(payload, 5) - Long(payload, 1);
            _serverPeriod = payload.Length >= 11 ? TimeSpan.FromMilliseconds(Word(payload, 9)) : _serverPeriod;
            _attempts = 0;
            _due = now + (wait > int.MaxValue ? TimeSpan.Zero : TimeSpan.FromSeconds(wait));
        }
        else if (payload.Length >= 14 && payload[0] == Success && IsNamed(payload[1..]) && Long(payload, 5) == _record.Fetched
            && payload[13] > 0 && payload[13] <= _options.BlockOctets && payload.Length == 14 + payload[13]
            && Long(payload, 9) == (uint)_record.Offset && payload[13] <= _record.Size - _record.Offset)
        {
            _flash.WriteAt(ImageName, _record.Offset, payload[14..]);
            Keep(_record with { Offset = _record.Offset + payload[13] });
            _attempts = 0;
            GoOn(now);
        }
    }

    private void Verify(TimeSpan now)
    {
        byte[] image = _flash.Read(ImageName) ?? [];
        FirmwareUpdateOptions device = new()
        {
            ManufacturerCode = _options.ManufacturerCode,
            ImageType = _options.ImageType,
            HardwareVersion = _options.HardwareVersion,
        };
        _attempts = 0;
        if (_options.TakesAnyImage || UpgradeFile.Judge(image, device, isAnyDevice: false) == ImageVerdict.Sound)
        {
            State = UpgradeClientState.Ending;
            End(Success, now);
            return;
        }

        GiveUp(InvalidImage, now);
        Refused?.Invoke();
    }

    private void GiveUp(byte status, TimeSpan now)
    {
        End(status, now);
        Forget();
    }

    private void End(byte status, TimeSpan now) => Ask(
        0x06, new WireOctets().Octet(status).Word(_options.ManufacturerCode).Word(_options.ImageType).DoubleWord(_record.Fetched), now);

    private void TakeEndAnswer(ReadOnlySpan<byte> payload, TimeSpan now)
    {
        bool isForDevice = payload.Length >= 16 && IsOwn(Word(payload, 0), _options.ManufacturerCode)
            && IsOwn(Word(payload, 2), _options.ImageType)
            && Long(payload, 4) is var version && (version == _record.Fetched || version == AnyVersion);
        if (!isForDevice)
        {
            return;
        }

        uint current = Long(payload, 8);
        uint upgrade = Long(payload, 12);
        if (upgrade == UntilTold)
        {
            State = UpgradeClientState.Ending;
            _attempts = 0;
            _due = now + AskAgainWhenTold;
            return;
        }

        State = UpgradeClientState.CountingDown;
        _due = now + TimeSpan.FromSeconds(upgrade > current ? upgrade - current : 0);
    }

    private void Start()
    {
        string? firmware = UpgradeFile.VersionOf(_flash.Read(ImageName) ?? []);
        Keep(_options.KeepsOldImage
            ? _record with { Fetched = 0, Size = 0, Offset = 0 }
            : new UpgradeRecord(_record.Fetched, firmware, 0, 0, 0));
        _flash.Erase(ImageName);
        State = UpgradeClientState.Idle;
        _serverPeriod = TimeSpan.Zero;
        if (firmware is not null && !_options.KeepsOldImage)
        {
            Installed?.Invoke(firmware);
        }
    }

    private void Forget()
    {
        State = UpgradeClientState.Idle;
        _due = null;
        _flash.Erase(ImageName);
        Keep(_record with { Fetched = 0, Size = 0, Offset = 0 });
    }

    private void Ask(byte command, WireOctets payload, TimeSpan now)
    {
        _attempts++;
        _due = now + _options.AnswerTimeout;
        _out.Add(new ClusterMessage(command, payload.ToArray()));
    }

    private WireOctets Head(byte control, uint version) =>
        new WireOctets().Octet(control).Word(_options.ManufacturerCode).Word(_options.ImageType).DoubleWord(version);

    private void Keep(UpgradeRecord record)
    {
        _record = record;
        _flash.Write(RecordName, JsonSerializer.SerializeToUtf8Bytes(record, FlashJson.Default.UpgradeRecord));
    }

    private ClusterMessage[] Taken()
    {
        ClusterMessage[] taken = [.. _out];
        _out.Clear();
        return taken;
    }

    private bool IsNamed(ReadOnlySpan<byte> octets) =>
        Word(octets, 0) == _options.ManufacturerCode && Word(octets, 2) == _options.ImageType;

    private static bool IsOwn(ushort code, ushort own) => code == own || code == AnyCode;

    private static int NoticeOctets(byte form) => form switch { 0 => 2, 1 => 4, 2 => 6, 3 => 10, _ => int.MaxValue };

    private static ushort Word(ReadOnlySpan<byte> octets, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(octets[offset..]);

    private static uint Long(ReadOnlySpan<byte> octets, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(octets[offset..]);
}
