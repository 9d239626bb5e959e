namespace DeviceHarness.Duis.Bodies.Logs;

/// <summary>A request for the part of a log that lies in a period.</summary>
public interface IPeriodRequest : IFutureDatable
{
    /// <summary>The period.</summary>
    ReadLogPeriod Period { get; }

    /// <summary>The certificate of a User whom the device does not know, base64; null when absent.</summary>
    string? KaPublicSecurityCredentials { get; }
}
