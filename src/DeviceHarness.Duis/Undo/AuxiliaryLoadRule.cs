using System.Globalization;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Duis.Undo;

/// <summary>One auxiliary load: 7.5 and 7.6 override its calendar for a while, 7.8 ends that, 7.7 reads whether it is on.</summary>
/// <remarks>The override is ended even when the load looks as it was: no reading tells whether one is under way. A load that its calendar
/// switched meanwhile is taken to be off its baseline.</remarks>
internal sealed class AuxiliaryLoadRule : UndoRule
{
    private const string On = "on";
    private const string Off = "off";

    private readonly int _index;

    public AuxiliaryLoadRule(int index)
        : base(string.Create(CultureInfo.InvariantCulture, $"auxiliary load {index}"), ["7.5", "7.6"], [new ReadALCSData()])
    {
        _index = index;
        Title = "auxiliary load";
    }

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
    public override string? StateBefore(UndoReadings readings, SrvRequestBody command) => StateIn(readings);

    /// <inheritdoc/>
    public override string? StateOf(UndoReadings readings, string baseline) => StateIn(readings);

    /// <inheritdoc/>
    public override IReadOnlyList<SrvRequestBody> Restore(string baseline, UndoReadings now) => [new ResetAuxiliaryLoad(_index)];

    /// <inheritdoc/>
    public override string Difference(string state, string baseline) =>
        state == baseline ? $"is {state} and may be held so" : base.Difference(state, baseline);

    private string? StateIn(UndoReadings readings) =>
        readings.Find<ReadALCSDataRsp>()?.Switches.FirstOrDefault(load => load.Index == _index)?.State switch
        {
            true => On,
            false => Off,
            null => null,
        };
}
