namespace DeviceHarness.Abstractions.Transports;

/// <summary>The rate of a line and the form of an octet on it.</summary>
/// <param name="Baud">Bits per second, above 0.</param>
/// <param name="Format">Data bits, parity and stop bits.</param>
public readonly record struct LineSetting(int Baud, SerialFormat Format)
{
    /// <summary>Such as <c>300 baud 7E1</c>.</summary>
    public override string ToString() => $"{Baud} baud {(Format == SerialFormat.SevenEven1 ? "7E1" : "8N1")}";
}
