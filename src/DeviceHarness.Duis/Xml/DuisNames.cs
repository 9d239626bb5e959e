using System.Xml.Linq;
using DeviceHarness.Duis.Messages;

namespace DeviceHarness.Duis.Xml;

/// <summary>The namespaces with their customary prefixes.</summary>
internal static class DuisNames
{
    /// <summary>Requests and responses.</summary>
    public static readonly XNamespace Sr = DuisSchema.ServiceUserGateway;

    /// <summary>Device answers.</summary>
    public static readonly XNamespace Ra = DuisSchema.ResponseAndAlert;

    /// <summary>Signatures.</summary>
    public static readonly XNamespace Ds = DuisSchema.Signature;

    /// <summary>Schema instance attributes, which say nothing about the message.</summary>
    public static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>The customary prefix of a namespace; null when it has none.</summary>
    public static string? Prefix(string namespaceName) => namespaceName switch
    {
        DuisSchema.ServiceUserGateway => "sr",
        DuisSchema.ResponseAndAlert => "ra",
        DuisSchema.Signature => "ds",
        _ => null,
    };
}
