using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Rig;

/// <summary>What moves a switch or a button of a device.</summary>
public abstract record RigContact;

/// <summary>The virtual bench does.</summary>
public sealed record VirtualHand : RigContact;

/// <summary>A contact at a GPIO line does: active is cover off, or button pressed.</summary>
/// <param name="Line">The line that is driven.</param>
/// <param name="SeenBy">The line that sees the contact itself, active with it; null for one that nothing sees.</param>
public sealed record GpioHand(GpioLineSettings Line, GpioLineSettings? SeenBy) : RigContact;

/// <summary>Who reaches the cover switches of a device.</summary>
/// <param name="Device">The device.</param>
/// <param name="Cover">The cover; null for each, on the virtual bench alone.</param>
/// <param name="By">What moves it.</param>
public sealed record RigTamper(DeviceId Device, MeterCover? Cover, RigContact By);

/// <summary>Who reaches a button of a device.</summary>
/// <param name="Device">The device.</param>
/// <param name="Button">The button's name in the rig file.</param>
/// <param name="By">What presses it.</param>
public sealed record RigButton(DeviceId Device, string Button, RigContact By);
