using System.Globalization;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>The names of confirmed service errors.</summary>
/// <remarks>Spec: IEC 62056-5-3, ConfirmedServiceError and ServiceError, with the names that public implementations print.</remarks>
internal static class ServiceErrorNames
{
    private static readonly string[] Services =
    [
        "initiateError", "getStatus", "getNameList", "getVariableAttribute", "read", "write", "getDataSetAttribute", "getTIAttribute",
        "changeScope", "start", "stop", "resume", "makeUsable", "initiateLoad", "loadSegment", "terminateLoad", "initiateUpLoad",
        "upLoadSegment", "terminateUpLoad",
    ];

    private static readonly (string Class, string[] Values)[] Classes =
    [
        ("application-reference",
        [
            "other", "time-elapsed", "application-unreachable", "application-reference-invalid", "application-context-unsupported",
            "provider-communication-error", "deciphering-error",
        ]),
        ("hardware-resource",
        [
            "other", "memory-unavailable", "processor-resource-unavailable", "mass-storage-unavailable", "other-resource-unavailable",
        ]),
        ("vde-state-error", ["other", "no-dlms-context", "loading-data-set", "status-nochange", "status-inoperable"]),
        ("service", ["other", "pdu-size", "service-unsupported"]),
        ("definition", ["other", "object-undefined", "object-class-inconsistent", "object-attribute-inconsistent"]),
        ("access", ["other", "scope-of-access-violated", "object-access-violated", "hardware-fault", "object-unavailable"]),
        ("initiate",
        [
            "other", "dlms-version-too-low", "incompatible-conformance", "pdu-size-too-short", "refused-by-the-VDE-handler",
        ]),
        ("load-data-set",
        [
            "other", "primitive-out-of-sequence", "not-loadable", "dataset-size-too-large", "not-awaited-segment",
            "interpretation-failure", "storage-failure", "data-set-not-ready",
        ]),
        ("change-scope", []),
        ("task", ["other", "no-remote-control", "ti-stopped", "ti-running", "ti-unusable"]),
        ("other", []),
    ];

    /// <summary>The service's name, or its number.</summary>
    public static string Service(byte service) =>
        service is > 0 && service <= Services.Length ? Services[service - 1] : service.ToString(CultureInfo.InvariantCulture);

    /// <summary>Class and value as names, or as numbers where there is no name.</summary>
    public static string Of(byte errorClass, byte value)
    {
        if (errorClass >= Classes.Length)
        {
            return string.Create(CultureInfo.InvariantCulture, $"class {errorClass} / {value}");
        }

        (string name, string[] values) = Classes[errorClass];
        return value < values.Length ? $"{name} / {values[value]}" : string.Create(CultureInfo.InvariantCulture, $"{name} / {value}");
    }
}
