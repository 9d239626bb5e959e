namespace DeviceHarness.Duis.Service;

/// <summary>Keeps how far the top-up tokens of each device were counted, without power too.</summary>
public interface ITokenNumbers
{
    /// <summary>The number of the device's last token; 0 when it never had one.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    int LastOf(Eui64 device);

    /// <summary>Keeps the number of a token: durable when it returns.</summary>
    /// <exception cref="IOException">It cannot be kept, and then the token is not issued.</exception>
    void Keep(Eui64 device, int number);
}
