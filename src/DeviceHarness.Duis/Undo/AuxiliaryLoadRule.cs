using System.Globalization;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Duis.Undo;

/// <summary>One auxiliary load: 7.5 and 7.6 override its calendar for a while, 7.8 ends that, 7.7 reads whether it is on and, of a model
/// that tells it, the calendar.</summary>
/// <remarks>The override is ended even when the load looks as it was: no reading tells whether one is under way. A load that was as its
/// calendar has it is to be so again, whatever the calendar switched meanwhile, and the calendar is to be the same. Where no calendar is
/// told, or the load was held against it, the load itself is to be as it was.</remarks>
internal sealed class AuxiliaryLoadRule : UndoRule
{
    private const string On = "on";
    private const string Off = "off";
    private const string ByCalendar = "as its calendar has it: ";

    // The randomised offset of SRV 6.2.2 delays switching by less than half an hour; and the meter's clock is not the bench's.
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(31);
    private static readonly TimeSpan Haste = TimeSpan.FromMinutes(1);

    private readonly int _index;

    public AuxiliaryLoadRule(int index)
        : base(string.Create(CultureInfo.InvariantCulture, $"auxiliary load {index}"), ["7.5", "7.6"], [new ReadALCSData()])
    {
        _index = index;
        Title = "auxiliary load";
    }

    /// <inheritdoc/>
    public override bool MovesByItself => true;

    /// <inheritdoc/>
    public override bool IsAlwaysRun => true;

    /// <inheritdoc/>
    public override bool Covers(SrvRequestBody command) => command switch
    {
        ActivateAuxiliaryLoad activate => activate.Index == _index,
        DeactivateAuxiliaryLoad deactivate => deactivate.Index == _index,
        _ => false,
    };

    /// <inheritdoc/>
    public override string? StateBefore(UndoReadings readings, SrvRequestBody command) =>
        FollowedIn(readings) is { } calendar ? ByCalendar + calendar : StateIn(readings);

    /// <inheritdoc/>
    public override string? StateOf(UndoReadings readings, string baseline)
    {
        if (!baseline.StartsWith(ByCalendar, StringComparison.Ordinal))
        {
            return StateIn(readings);
        }

        return FollowedIn(readings) is { } followed ? ByCalendar + followed
            : CalendarIn(readings) is { } calendar && StateIn(readings) is { } state ? $"{state} against its calendar: {calendar}"
            : null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SrvRequestBody> Restore(string baseline, UndoReadings now) => [new ResetAuxiliaryLoad(_index)];

    /// <inheritdoc/>
    public override string Difference(string state, string baseline) =>
        state == baseline ? $"is {state} and may be held so" : base.Difference(state, baseline);

    private string? StateIn(UndoReadings readings) => LoadIn(readings)?.State switch
    {
        true => On,
        false => Off,
        null => null,
    };

    /// <summary>The calendar that a load is found to follow; null when it does not, or when nobody tells.</summary>
    private string? FollowedIn(UndoReadings readings) =>
        readings.At is { } at && LoadIn(readings)?.State is { } state && readings.Find<ReadALCSDataRsp>()?.Calendar is { } calendar
            && calendar.StatesWithin(_index, at - Delay, at + Haste).Contains(state)
            ? CalendarIn(readings)
            : null;

    private string? CalendarIn(UndoReadings readings) => readings.Find<ReadALCSDataRsp>()?.Calendar is not { } calendar ? null
        : calendar.SwitchTimes.Where(turn => turn.Load == _index).ToArray() is not { Length: > 0 } turns ? "never switched"
        : string.Join("; ", turns.Select(turn => turn.ToString()).Concat(calendar.SpecialDays.Select(day => $"special day {day}")));

    private AuxiliaryLoadControlSwitch? LoadIn(UndoReadings readings) =>
        readings.Find<ReadALCSDataRsp>()?.Switches.FirstOrDefault(load => load.Index == _index);
}
