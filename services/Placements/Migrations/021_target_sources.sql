-- Pages and reports are read in Chinese.
UPDATE outflow_target SET source = '海原县2025年工作计划' WHERE source = 'Haiyuan county, plan for 2025';
