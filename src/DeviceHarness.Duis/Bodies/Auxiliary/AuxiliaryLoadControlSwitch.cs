namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>An auxiliary load control switch. Each value may be absent.</summary>
/// <param name="Index">Its number, 1 to 5.</param>
/// <param name="Description">What it switches, at most 22 characters.</param>
/// <param name="State">Whether it is closed, so that the load is on.</param>
/// <param name="HcalcsIdentifier">The device that switches it when the meter does not itself; null for a switch of the meter.</param>
/// <remarks>Spec: MMC XML schema 5.4, ALCSType.</remarks>
public sealed record AuxiliaryLoadControlSwitch(
    int? Index, string? Description = null, bool? State = null, Eui64? HcalcsIdentifier = null);
