namespace DeviceHarness.Duis.Messages;

/// <summary>The versions of the DCC User Interface Specification that a User's system may speak, and what one of them lacks.</summary>
/// <remarks>Spec: DUIS XML schemas 5.0 to 5.4, which hold the same variants. Of 3.0 and 3.1, which operators used in January 2020, no
/// schema was public here: what they lack is known of 11.4 alone, which came after SMETS1 MOC; everything else is taken to be there, and a
/// reader says so with its warning of a version outside 5.0 to 5.4.</remarks>
public static class DuisVersions
{
    private const string UpdatePpmidFirmware = "11.4";

    private static readonly string[] BeforePpmidFirmware = ["3.0", "3.1"];

    /// <summary>The versions, oldest first.</summary>
    public static IReadOnlyList<string> Known { get; } = ["3.0", "3.1", "5.0", "5.1", "5.2", "5.3", "5.4"];

    /// <summary>Why a version has no request of a variant; null when it has, as far as is known.</summary>
    /// <param name="version">One of <see cref="Known"/>.</param>
    /// <param name="serviceReferenceVariant">The variant, such as <c>11.4</c>.</param>
    public static string? WhyNot(string version, string serviceReferenceVariant) =>
        serviceReferenceVariant == UpdatePpmidFirmware && BeforePpmidFirmware.Contains(version)
            ? $"DUIS {version} has no {UpdatePpmidFirmware}: it came after SMETS1 MOC, with a later version (5.0 at the latest)"
            : null;

    /// <summary>Why a User whose system speaks a version cannot have sent a request; null when it can.</summary>
    /// <param name="version">The version that the User's system speaks, one of <see cref="Known"/>.</param>
    /// <param name="request">The request.</param>
    public static string? WhyNot(string version, DuisRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.SchemaVersion == version
            ? WhyNot(version, request.ServiceReferenceVariant)
            : $"schemaVersion {request.SchemaVersion}; allowed is {version}, which the system of {request.Id.Originator} speaks";
    }
}
