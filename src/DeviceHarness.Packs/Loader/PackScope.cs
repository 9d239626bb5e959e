using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>What the texts of one case may refer to, at the place that is being read.</summary>
internal sealed class PackScope
{
    private readonly IReadOnlyDictionary<string, DeviceNeed> _needs;
    private readonly Dictionary<string, string> _capturedAt;
    private readonly HashSet<string> _captured = new(StringComparer.Ordinal);

    /// <summary>Creates the scope of a case.</summary>
    /// <param name="needs">The pack's device roles.</param>
    /// <param name="device">The role of the device under test.</param>
    /// <param name="capturedAt">Every capture of the case with the key of the step that makes it.</param>
    public PackScope(IReadOnlyDictionary<string, DeviceNeed> needs, string device, Dictionary<string, string> capturedAt)
    {
        _needs = needs;
        Device = device;
        _capturedAt = capturedAt;
    }

    /// <summary>The role of the device under test.</summary>
    public string Device { get; }

    /// <summary>From now on a capture may be referred to.</summary>
    public void Define(string capture) => _captured.Add(capture);

    /// <summary>Reads a device role.</summary>
    public string ReadDeviceRole(ConfigurationNode node) => ReadDeviceRole(node, _needs);

    /// <summary>Reads a device role that the pack's needs declare.</summary>
    public static string ReadDeviceRole(ConfigurationNode node, IReadOnlyDictionary<string, DeviceNeed> needs)
    {
        string role = node.AsText();
        return needs.ContainsKey(role) ? role : throw node.Fault(PackFaults.UnknownDeviceRole, $"'{role}'", string.Join(", ", needs.Keys));
    }

    /// <summary>Reads a text and checks everything that it refers to.</summary>
    /// <param name="node">The value.</param>
    /// <param name="isRequestXml">Whether the text is a whole request, which may refer to its own identifiers.</param>
    public TextTemplate ReadText(ConfigurationNode node, bool isRequestXml = false)
    {
        TextTemplate template = TextTemplate.Parse(node);
        foreach (VariableReference reference in template.References)
        {
            Check(node, reference.Name, isRequestXml);
        }

        return template;
    }

    private void Check(ConfigurationNode node, string name, bool isRequestXml)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            CheckProperty(node, name[..dot], name[(dot + 1)..], isRequestXml);
        }
        else if (name is not (VariableReference.Now or BuiltInVariables.Rig or BuiltInVariables.Seed) && !_captured.Contains(name))
        {
            throw _capturedAt.TryGetValue(name, out string? at)
                ? node.Fault(PackFaults.ForwardReference, $"${{{name}}}, which only {at} captures", "a capture of an earlier step")
                : node.Fault(PackFaults.UnknownVariable, $"${{{name}}}", Names());
        }
    }

    private void CheckProperty(ConfigurationNode node, string owner, string property, bool isRequestXml)
    {
        if (owner == BuiltInVariables.Request)
        {
            if (!isRequestXml)
            {
                throw node.Fault(PackFaults.UnknownVariable, $"${{{owner}.{property}}}", "this name only inside a request's xml");
            }

            Require(node, owner, property, BuiltInVariables.RequestProperties);
            return;
        }

        if (!_needs.TryGetValue(owner == BuiltInVariables.Device ? Device : owner, out DeviceNeed? need))
        {
            string roles = string.Join(", ", _needs.Keys.Prepend(BuiltInVariables.Device));
            throw node.Fault(PackFaults.UnknownDeviceRole, $"${{{owner}.{property}}}", roles);
        }

        Require(node, owner, property, [.. BuiltInVariables.DeviceProperties, .. need.Facts]);
    }

    private static void Require(ConfigurationNode node, string owner, string property, IReadOnlyList<string> known)
    {
        if (!known.Contains(property))
        {
            throw node.Fault(
                PackFaults.UnknownVariable, $"${{{owner}.{property}}}",
                string.Join(", ", known.Select(candidate => $"${{{owner}.{candidate}}}")));
        }
    }

    private string Names() => string.Join(
        ", ", _captured.Order(StringComparer.Ordinal).Concat(["now", "rig", "seed", "device.…"]).Select(name => $"${{{name}}}"));
}

/// <summary>Errors of the pack's own kinds, with the place of a node.</summary>
internal static class ConfigurationNodeFaults
{
    /// <summary>An error about a node.</summary>
    public static ConfigurationException Fault(this ConfigurationNode node, string code, string found, string allowed) =>
        new(code, node.File, node.Line, node.Column, node.Path.Length == 0 ? "file" : node.Path, found, allowed);
}
