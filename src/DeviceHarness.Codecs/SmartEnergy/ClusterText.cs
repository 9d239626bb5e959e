namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>The description of a cluster, in the text forms of commands and attributes.</summary>
/// <param name="FromServer">The commands that the server sends.</param>
/// <param name="FromClient">The commands that the client sends.</param>
/// <param name="ServerAttributes">The attributes of the server.</param>
/// <param name="ClientAttributes">The attributes of the client.</param>
internal sealed record ClusterText(
    string FromServer = "", string FromClient = "", string ServerAttributes = "", string ClientAttributes = "");
