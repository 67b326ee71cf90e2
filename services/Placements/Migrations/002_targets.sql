-- The plan of Haiyuan county for 2025, the best official set of targets that could be found.
INSERT INTO outflow_target (division, year, indicator, value, due_on, source, version) VALUES ('640522', 2025, 'workersTransferred', 100000, '2025-12-31', 'Haiyuan county, plan for 2025', 1);
INSERT INTO outflow_target (division, year, indicator, value, due_on, source, version) VALUES ('640522', 2025, 'transferredOutOfPoverty', 38000, '2025-12-31', 'Haiyuan county, plan for 2025', 1);
INSERT INTO outflow_target (division, year, indicator, value, due_on, source, version) VALUES ('640522', 2025, 'organisedRate', 0.4, '2025-12-31', 'Haiyuan county, plan for 2025', 1);
INSERT INTO outflow_target (division, year, indicator, value, due_on, source, version) VALUES ('640522', 2025, 'outOfCountyRate', 0.55, '2025-12-31', 'Haiyuan county, plan for 2025', 1);
INSERT INTO outflow_target (division, year, indicator, value, due_on, source, version) VALUES ('640522', 2025, 'stable3Rate', 0.8, '2025-12-31', 'Haiyuan county, plan for 2025', 1);
INSERT INTO outflow_target (division, year, indicator, value, due_on, source, version) VALUES ('640522', 2025, 'stable6Rate', 0.6, '2025-12-31', 'Haiyuan county, plan for 2025', 1);
