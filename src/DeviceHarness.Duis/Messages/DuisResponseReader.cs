using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Messages;

/// <summary>Reads Responses.</summary>
public static class DuisResponseReader
{
    /// <summary>Reads one response.</summary>
    /// <param name="xml">The whole message.</param>
    /// <returns>The response, with warnings for another schema version, for signatures, which are not checked, and for a missing
    /// one.</returns>
    /// <exception cref="DuisFormatException">The text is not a Response: path, line and column say where.</exception>
    public static DuisReading<DuisResponse> Read(string xml)
    {
        List<string> warnings = [];
        ElementReader root = ElementReader.Root(xml, DuisNames.Sr, "Response").Only(MessageParts.VersionAttribute);
        string version = MessageParts.Version(root, warnings);
        ElementReader header = root.Take(DuisNames.Sr, "Header").Only();
        RequestId? requestId = header.TryTake(DuisNames.Sr, "RequestID", out ElementReader? request) ? request.Only().Id() : null;
        RequestId? responseId = header.TryTake(DuisNames.Sr, "ResponseID", out ElementReader? response) ? response.Only().Id() : null;
        string code = Code(header.Take(DuisNames.Sr, "ResponseCode").Only(), warnings);
        DateTimeOffset time = header.Take(DuisNames.Sr, "ResponseDateTime").Only().Time();
        header.End();
        ElementReader body = root.Take(DuisNames.Sr, "Body").Only();
        DuisResponseContent content = Content(body, warnings);
        body.End();
        bool signed = MessageParts.Signature(root);
        root.End();
        if (signed)
        {
            warnings.Add("the service's signature is present and was not checked");
        }

        DuisResponse message = new(code, time, content)
        {
            SchemaVersion = version,
            RequestId = requestId,
            ResponseId = responseId,
            Signed = signed,
        };
        return new DuisReading<DuisResponse>(message, warnings);
    }

    private static string Code(ElementReader element, List<string> warnings)
    {
        string code = element.Token();
        if (code.Length is 0 or > 16)
        {
            throw element.Fault($"found '{ElementValues.Quoted(code)}'; allowed is a response code such as I99");
        }

        if (!ResponseCodes.TryFind(code, out _))
        {
            warnings.Add($"response code '{code}' is not one of the schema's");
        }

        return code;
    }

    private static DuisResponseContent Content(ElementReader body, List<string> warnings)
    {
        if (body.TryTake(DuisNames.Sr, "ResponseMessage", out ElementReader? message))
        {
            SrvEntry entry = MessageParts.References(message.Only());
            string? data = message.TryTakeAny("the answer's data", out ElementReader? found) ? DuisXmlText.Fragment(found.Element) : null;
            message.End();
            return new ResponseMessage(entry.Srv) { DataXml = data };
        }

        if (body.TryTake(DuisNames.Sr, "SMETS1ResponseMessage", out ElementReader? smets1))
        {
            return Smets1Format.Read(smets1.Only(), warnings);
        }

        ElementReader alert = body.TryTake(DuisNames.Sr, "DeviceAlertMessage", out ElementReader? deviceAlert)
            ? deviceAlert
            : body.Take(DuisNames.Sr, "DCCAlertMessage");
        return new UnmodelledMessage(alert.LocalName, DuisXmlText.Fragment(alert.Element));
    }
}
