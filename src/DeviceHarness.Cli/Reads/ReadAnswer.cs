using DeviceHarness.Duis.Messages;

namespace DeviceHarness.Cli.Reads;

/// <summary>What came back to <c>harness read</c>.</summary>
/// <param name="Srv">The service reference variant.</param>
/// <param name="Code">The response code of the service.</param>
/// <param name="IsDone">Whether the device gave its values.</param>
/// <param name="Detail">Why it did not; empty when it did.</param>
/// <param name="Values">The values by name.</param>
internal sealed record ReadAnswer(string Srv, string Code, bool IsDone, string Detail, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>What was accepted with a doubt, and what the device said that is no value, such as that its clock is invalid.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads a response, or an acknowledgement that refuses.</summary>
    internal static ReadAnswer Of(string xml)
    {
        DuisResponse response = DuisResponseReader.Read(xml).Message;
        return response.Content switch
        {
            Smets1ResponseMessage { Body: { } body } message => new ReadAnswer(
                message.ServiceReferenceVariant ?? string.Empty, response.ResponseCode, body.MessageSuccess ?? true,
                string.Join("; ", message.DebugInfo.Select(debug => $"device code {debug.ResponseCode}: {debug.Error}")), body.Values),
            ResponseMessage message => new ReadAnswer(
                message.ServiceReferenceVariant, response.ResponseCode, IsDone: false, "the service gave no values",
                new Dictionary<string, string>()),
            _ => new ReadAnswer(
                string.Empty, response.ResponseCode, IsDone: false, "the service gave no values", new Dictionary<string, string>()),
        };
    }
}
