using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Service;

/// <summary>One message that the service sent back: an acknowledgement, a refusal or a response. Safe for use from any thread.</summary>
public sealed class ServiceAnswer
{
    private readonly Lazy<string> _xml;

    /// <summary>Makes an answer that nobody signs.</summary>
    /// <param name="responseCode">The response code, such as <c>I99</c>, <c>I0</c> or <c>E5</c>.</param>
    /// <param name="body">The response body that came with it; null when none did.</param>
    /// <param name="xml">The whole DUIS response.</param>
    public ServiceAnswer(string responseCode, SrvResponseBody? body, string xml)
        : this(responseCode, body, xml, static unsigned => unsigned)
    {
    }

    /// <summary>Makes an answer that is signed when its document is asked for, and once only.</summary>
    /// <param name="responseCode">The response code.</param>
    /// <param name="body">The response body that came with it; null when none did.</param>
    /// <param name="unsignedXml">The DUIS response before it is signed.</param>
    /// <param name="sign">Signs it; its keys must last as long as this answer.</param>
    public ServiceAnswer(string responseCode, SrvResponseBody? body, string unsignedXml, Func<string, string> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        ResponseCode = responseCode;
        Body = body;
        UnsignedXml = unsignedXml;
        _xml = new Lazy<string>(() => sign(unsignedXml));
    }

    /// <summary>The response code, such as <c>I99</c>, <c>I0</c> or <c>E5</c>.</summary>
    public string ResponseCode { get; }

    /// <summary>The response body that came with it; null when none did.</summary>
    public SrvResponseBody? Body { get; }

    /// <summary>The DCC alert that the service sends the User after it; null when none follows.</summary>
    public ServiceAnswer? DccAlert { get; init; }

    /// <summary>The DUIS response before it was signed: every element but the signatures.</summary>
    public string UnsignedXml { get; }

    /// <summary>The whole DUIS response as it leaves, signatures and all. The first use signs: judging an answer does not wait for its
    /// signatures, which take longer than all else between the last octet and the verdict.</summary>
    public string Xml => _xml.Value;
}
