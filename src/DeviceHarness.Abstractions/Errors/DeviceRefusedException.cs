namespace DeviceHarness.Abstractions.Errors;

/// <summary>The device answered a legal "no".</summary>
public class DeviceRefusedException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="message">What was refused.</param>
    /// <param name="deviceCode">The device's own code, such as a DLMS data-access-result.</param>
    /// <param name="deviceCodeName">The standard's name of that code.</param>
    public DeviceRefusedException(string code, string message, int deviceCode, string deviceCodeName)
        : base(code, $"{message}: {deviceCodeName} ({deviceCode})", isTransient: false)
    {
        DeviceCode = deviceCode;
        DeviceCodeName = deviceCodeName;
    }

    /// <summary>The device's own code.</summary>
    public int DeviceCode { get; }

    /// <summary>The standard's name of <see cref="DeviceCode"/>.</summary>
    public string DeviceCodeName { get; }
}
