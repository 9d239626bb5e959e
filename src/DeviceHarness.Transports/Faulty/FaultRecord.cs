using DeviceHarness.Abstractions.Wire;

namespace DeviceHarness.Transports.Faulty;

/// <summary>A fault that was done. With the plan's text it makes a run repeatable.</summary>
/// <param name="Direction">Which way the octet went.</param>
/// <param name="Kind">What was done to it.</param>
/// <param name="Index">The octet's number in its direction, from 0, counted from the opening of the transport.</param>
public readonly record struct FaultRecord(WireDirection Direction, FaultKind Kind, long Index)
{
    /// <summary>The record as a line of a log: <c>FromDevice Flip@117</c>.</summary>
    public override string ToString() => $"{Direction} {Kind}@{Index}";
}
