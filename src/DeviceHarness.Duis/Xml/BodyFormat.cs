using System.Diagnostics;
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
    /// <summary>Makes the format of a request whose answer has no content in the namespace of responses and alerts.</summary>
    public static BodyFormat WithoutResponse<TRequest>(
        string srv, Func<ElementReader, TRequest> readRequest, Func<TRequest, IEnumerable<XElement>> writeRequest)
        where TRequest : SrvRequestBody =>
        new(srv, readRequest, body => writeRequest((TRequest)body), string.Empty, NoResponse, NoContent, NoBody);

    /// <summary>Makes the format of a request whose answer has no content but whether it was carried out.</summary>
    public static BodyFormat WithBareResponse<TRequest>(
        string srv, string responseElement, Func<ElementReader, SrvRequestBody> readRequest,
        Func<TRequest, IEnumerable<XElement>> writeRequest)
        where TRequest : SrvRequestBody =>
        new(
            srv, readRequest, body => writeRequest((TRequest)body), responseElement, _ => new BareRsp(responseElement), _ => [],
            () => new BareRsp(responseElement));

    /// <summary>Makes the format of a request that has a form for gas and one for electricity, whose answer has no content but whether it
    /// was carried out.</summary>
    public static BodyFormat WithBareResponse<TGas, TElectricity>(
        string srv, string responseElement, Func<ElementReader, SrvRequestBody> readRequest,
        Func<TGas, IEnumerable<XElement>> writeGas, Func<TElectricity, IEnumerable<XElement>> writeElectricity)
        where TGas : SrvRequestBody
        where TElectricity : SrvRequestBody => WithBareResponse<SrvRequestBody>(
            srv, responseElement, readRequest,
            body => body is TGas gas ? writeGas(gas) : writeElectricity((TElectricity)body));

    private static SrvResponseBody NoResponse(ElementReader element) => throw new UnreachableException();

    private static IEnumerable<XElement> NoContent(SrvResponseBody body) => throw new UnreachableException();

    private static SrvResponseBody NoBody() => throw new UnreachableException();

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
