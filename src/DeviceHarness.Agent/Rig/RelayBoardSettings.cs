namespace DeviceHarness.Agent.Rig;

/// <summary>A relay board on a serial line.</summary>
/// <param name="Name">Its name in the rig file.</param>
/// <param name="Kind">What it speaks.</param>
/// <param name="Port">Its serial port by a stable name; empty for the virtual one.</param>
/// <param name="Baud">Bits per second.</param>
/// <param name="Address">Its Modbus address, 1 to 247.</param>
public sealed record RelayBoardSettings(string Name, RelayBoardKind Kind, string Port, int Baud, int Address);
