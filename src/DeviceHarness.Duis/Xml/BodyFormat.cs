using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Xml;

/// <summary>How one variant's typed bodies stand in XML: the content of the request's and of the response's element.</summary>
internal sealed record BodyFormat(
    string Srv,
    Func<ElementReader, SrvRequestBody> ReadRequest,
    Func<SrvRequestBody, IEnumerable<XElement>> WriteRequest,
    string ResponseElement,
    Func<ElementReader, SrvResponseBody> ReadResponse,
    Func<SrvResponseBody, IEnumerable<XElement>> WriteResponse,
    Func<SrvResponseBody> EmptyResponse)
{
    /// <summary>Makes a format of functions that know the types.</summary>
    public static BodyFormat Of<TRequest, TResponse>(
        string srv,
        Func<ElementReader, TRequest> readRequest,
        Func<TRequest, IEnumerable<XElement>> writeRequest,
        Func<ElementReader, TResponse> readResponse,
        Func<TResponse, IEnumerable<XElement>> writeResponse)
        where TRequest : SrvRequestBody
        where TResponse : SrvResponseBody, new() =>
        new(
            srv,
            readRequest,
            body => writeRequest((TRequest)body),
            new TResponse().ElementName,
            readResponse,
            body => writeResponse((TResponse)body),
            () => new TResponse());
}
