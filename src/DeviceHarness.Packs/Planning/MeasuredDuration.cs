namespace DeviceHarness.Packs.Planning;

/// <summary>How long a request took on a device when it was run before.</summary>
/// <param name="Srv">The service reference variant.</param>
/// <param name="Device">The device's name in the rig file.</param>
/// <param name="Median">The median of its steps, from beginning to end.</param>
/// <param name="Samples">Of how many.</param>
public sealed record MeasuredDuration(string Srv, string Device, TimeSpan Median, int Samples);
