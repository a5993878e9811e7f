using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether the disks have room for the database and for models that are still to be installed.</summary>
internal sealed class DiskCheck(DataFolder data, Func<ModelStore> store) : HealthCheck("disk", HealthArea.Storage)
{
    private const long LeastFree = 64 << 20;
    private const long Comfortable = 1 << 30;

    protected override Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var models = store().Folder;
        var (freeForData, freeForModels) = (Folders.FreeBytes(data.Path), Folders.FreeBytes(models));
        var (usedByData, usedByModels) = (Folders.UsedBytes(data.Path), Folders.UsedBytes(models));
        var toInstall = BundledModel.All.Where(model => store().HasSource(model) && !File.Exists(Path.Combine(models, model.FileName))).Sum(model => model.Bytes);
        var found = $"data in '{data.Path}' take {Quantity.Bytes(usedByData)} with {Quantity.Bytes(freeForData)} free, "
            + $"models in '{models}' take {Quantity.Bytes(usedByModels)} with {Quantity.Bytes(freeForModels)} free"
            + (toInstall > 0 ? $", of which {Quantity.Bytes(toInstall)} are still needed." : ".");
        var status = freeForData < LeastFree || freeForModels < LeastFree + toInstall ? HealthStatus.Failure
            : freeForData < Comfortable || freeForModels < Comfortable + toInstall ? HealthStatus.Warning
            : HealthStatus.Ok;
        var advice = status == HealthStatus.Ok ? null : "Free some space, or choose other folders with --data and 'pai config set models.folder'.";
        return Task.FromResult(new Finding(status, found, advice) { Bytes = usedByData + usedByModels });
    }
}
