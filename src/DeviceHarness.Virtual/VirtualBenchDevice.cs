using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual;

/// <summary>A device of a virtual bench.</summary>
/// <param name="Name">Its name in the rig file.</param>
/// <param name="Model">What it is.</param>
/// <param name="Line">The line that it is put on.</param>
public sealed record VirtualBenchDevice(string Name, EsmeModel Model, VirtualLine Line);
