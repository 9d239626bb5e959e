using System.Globalization;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;

namespace DeviceHarness.Virtual.Ppmid;

/// <summary>A prepayment display as a device on the radio: it reads the gas meter at the trust centre, shows it, sends top-ups and
/// buttons, shows messages, and tells what became of its firmware.</summary>
internal sealed class PpmidApplication : AwakeApplication
{
    private const ushort Metering = 0x0702;
    private const ushort Prepayment = 0x0705;
    private const ushort Events = 0x0709;
    private const ushort Summation = 0x0000;
    private const ushort SupplyStatus = 0x0014;
    private const ushort Multiplier = 0x0301;
    private const ushort Divisor = 0x0302;
    private const ushort Balance = 0x0001;
    private const ushort CreditStatus = 0x0003;
    private const byte LocalChangeSupply = 0x0C;
    private const byte SupplyOn = 0x02;
    private const byte EmergencyAvailable = 0x08;
    private const byte EmergencyInUse = 0x30;
    private const int TopUpDigits = 20;
    private const int Dm3PerCubicMetre = 1000;

    private readonly PpmidModel _model;
    private readonly HanClock _clock;
    private readonly MessagingCluster _messaging;
    private readonly TopUpCluster _topUps;
    private readonly Dictionary<(ushort Cluster, ushort Attribute), long> _values = [];
    private readonly DisplayEvents _events;
    private readonly List<ClusterMessage> _told = [];
    private bool _isClockSet;
    private string _firmware;

    /// <summary>Switches a display on.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="clock">The radio's time.</param>
    /// <param name="log">Where it writes down what it is told; null for nowhere.</param>
    public PpmidApplication(PpmidModel model, TimeProvider clock, HanCommandLog? log)
        : base(model.Refresh)
    {
        _model = model;
        _firmware = model.Identity.FirmwareVersion;
        _clock = new HanClock(clock);
        Time = new TimeCluster(_clock);
        _messaging = new MessagingCluster(_clock, isConfirmedByHand: true);
        _topUps = new TopUpCluster(_clock);
        _events = new DisplayEvents(_clock);
        BasicCluster basic = new(new HanIdentity(
            model.Identity.Manufacturer, model.Identity.ModelName, 1, () => _firmware, IsOnMains: true));
        Endpoint = new ZclEndpoint([basic, Time, _messaging, _topUps, _events], () => { }) { Log = log };
    }

    /// <inheritdoc/>
    public override IReadOnlyCollection<ushort> Served { get; } = [0x0000, Events];

    /// <inheritdoc/>
    public override IReadOnlyCollection<ushort> Used { get; } = [0x000A, Metering, 0x0703, Prepayment];

    /// <inheritdoc/>
    public override string FirmwareVersion => _firmware;

    /// <inheritdoc/>
    public override IReadOnlyList<string> DisplayLines =>
    [
        _clock.IsClockValid ? _clock.Now.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "--:--",
        Volume() is long dm3 ? $"GAS {GasDisplay.Volume(dm3)} m3" : "GAS --------",
        Value(Prepayment, Balance) is long credit ? $"CREDIT {GasDisplay.Money(credit)}" : "CREDIT --",
        Value(Metering, SupplyStatus) switch { 0 => "SUPPLY OFF", 1 => "SUPPLY ARMED", 2 => "SUPPLY ON", _ => "SUPPLY --" },
        .. EmergencyLine() is { } emergency ? [emergency] : (string[])[],
        .. TopUpLine() is { } topUp ? [topUp] : (string[])[],
        .. _messaging.Shown is { } message ? [message] : (string[])[],
    ];

    /// <inheritdoc/>
    protected override ZclEndpoint Endpoint { get; }

    /// <inheritdoc/>
    protected override TimeCluster Time { get; }

    /// <inheritdoc/>
    public override void RunFirmware(string version)
    {
        _firmware = version;
        _told.Add(_events.Enter(DisplayEvents.FirmwareActivated));
    }

    /// <inheritdoc/>
    public override void RefuseFirmware() => _told.Add(_events.Enter(DisplayEvents.FirmwareFailed));

    /// <inheritdoc/>
    public override IReadOnlyList<HanMessage>? Press(HanButton button) => button switch
    {
        HanButton.Confirm => _messaging.Confirm() is { } confirmation ? [Command(0x0703, HubEndpoint, confirmation)] : null,
        HanButton.EmergencyCredit => [Command(Prepayment, _model.MeterEndpoint, _topUps.TakeEmergencyCredit())],
        _ => [Command(Metering, _model.MeterEndpoint, new ClusterMessage(LocalChangeSupply, [SupplyOn]))],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<HanMessage>? Enter(string digits) => digits.Length == TopUpDigits && digits.All(char.IsAsciiDigit)
        ? [Command(Prepayment, _model.MeterEndpoint, TopUpCluster.Enter(digits))]
        : null;

    /// <inheritdoc/>
    protected override IReadOnlyList<HanMessage> Ask(TimeSpan now)
    {
        List<HanMessage> asked =
        [
            Read(Metering, _model.MeterEndpoint, Summation, SupplyStatus, Multiplier, Divisor),
            Read(Prepayment, _model.MeterEndpoint, Balance, CreditStatus),
            Command(_messaging.Id, HubEndpoint, MessagingCluster.AskLast()),
        ];
        asked.AddRange(_told.Select(told => new HanMessage(
            _events.Id, HubEndpoint, Endpoint.Own(isGlobal: false, isOfServer: true, told.Command, told.Payload))));
        _told.Clear();
        return asked;
    }

    /// <inheritdoc/>
    protected override void Heard(ushort cluster, IReadOnlyDictionary<ushort, ZclData> values)
    {
        if (cluster == Time.Id && _clock.IsClockValid && !_isClockSet)
        {
            // Once: what sets it again changes it by no more than it went astray.
            _isClockSet = true;
            _events.Enter(DisplayEvents.ClockSet);
        }

        foreach ((ushort attribute, ZclData value) in values)
        {
            if (!value.IsInvalid && value.View.TryGetInt64(out long number))
            {
                _values[(cluster, attribute)] = number;
            }
        }
    }

    private HanMessage Command(ushort cluster, byte endpoint, ClusterMessage message) => new(
        cluster, endpoint, Endpoint.Own(isGlobal: false, isOfServer: false, message.Command, message.Payload));

    private long? Value(ushort cluster, ushort attribute) =>
        _values.TryGetValue((cluster, attribute), out long value) ? value : null;

    // What the meter says is scaled as it says; a display has all digits.
    private long? Volume() => Value(Metering, Summation) is long raw && Value(Metering, Multiplier) is long multiplier
        && Value(Metering, Divisor) is long divisor and > 0
            ? (long)((Int128)raw * multiplier * Dm3PerCubicMetre / divisor)
            : null;

    private string? EmergencyLine() => Value(Prepayment, CreditStatus) switch
    {
        long status when (status & EmergencyInUse) != 0 => "EMERGENCY CREDIT IN USE",
        long status when (status & EmergencyAvailable) != 0 => "EMERGENCY CREDIT AVAILABLE",
        _ => null,
    };

    private string? TopUpLine() => _topUps.Last switch
    {
        null => null,
        { Result: 0x00 or 0x10 or 0x11 or 0x12 } taken => $"TOP-UP ACCEPTED {GasDisplay.Money(taken.Millipence)}",
        { } refused => string.Create(CultureInfo.InvariantCulture, $"TOP-UP REFUSED {refused.Result:X2}"),
    };
}
