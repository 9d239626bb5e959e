namespace DeviceHarness.Duis.Messages;

/// <summary>Names and versions of the DUIS XML schema.</summary>
/// <remarks>Spec: DUIS XML schema 5.4 and MMC XML schema 5.4.</remarks>
public static class DuisSchema
{
    /// <summary>The namespace of requests and responses.</summary>
    public const string ServiceUserGateway = "http://www.dccinterface.co.uk/ServiceUserGateway";

    /// <summary>The namespace of device answers and alerts.</summary>
    public const string ResponseAndAlert = "http://www.dccinterface.co.uk/ResponseAndAlert";

    /// <summary>The namespace of XML signatures.</summary>
    public const string Signature = "http://www.w3.org/2000/09/xmldsig#";

    /// <summary>The version that is written.</summary>
    public const string CurrentVersion = "5.4";

    /// <summary>The oldest version that is read without a warning.</summary>
    public const decimal OldestVersion = 5.0m;

    /// <summary>The newest version that is read without a warning.</summary>
    public const decimal NewestVersion = 5.4m;

    /// <summary>The service reference of a variant: <c>4.1</c> of <c>4.1.1</c>, <c>7.4</c> of <c>7.4</c>.</summary>
    public static string ServiceReferenceOf(string serviceReferenceVariant)
    {
        ArgumentNullException.ThrowIfNull(serviceReferenceVariant);
        string[] parts = serviceReferenceVariant.Split('.');
        return parts.Length <= 2 ? serviceReferenceVariant : $"{parts[0]}.{parts[1]}";
    }
}
